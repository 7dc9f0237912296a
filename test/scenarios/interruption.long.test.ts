import { killed } from './interruption.ts';

// While its arrival is told, while it is checked, while it is delivered.
killed([0, 50, 500, 1_000, 2_000]);
