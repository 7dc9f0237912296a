import './blind.test.ts';
import './blind-lists.test.ts';
