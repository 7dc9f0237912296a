import { killed } from './interruption.ts';

// While it is checked; more in `interruption.long.test.ts`.
killed([200]);
