import './watches.test.ts';
