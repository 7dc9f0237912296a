import { killed } from './interruption.ts';

killed([50, 500, 2_000]);
