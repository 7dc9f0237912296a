import './elsewhere.test.ts';
import './run.test.ts';
import './watches.test.ts';
