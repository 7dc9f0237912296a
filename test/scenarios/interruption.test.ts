import { killed } from './interruption.ts';

// While its arrival is told, while it is checked, while it is delivered.
killed([0, 200, 1_000]);
