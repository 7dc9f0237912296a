import './elsewhere.test.ts';
