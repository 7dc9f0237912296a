import './reconciliations.test.ts';
