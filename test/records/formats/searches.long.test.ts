import './same-records.test.ts';
