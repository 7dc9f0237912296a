import * as z from 'zod';
import { UpdateCycle } from '../contracts/definition.ts';
import entries from './update-cycles.json' with { type: 'json' };

/** The longest that a period of the cycle is (a month has 31 days here), and how much longer nobody is called late. */
const Cycle = z.strictObject({ hours: z.int().min(1), graceHours: z.int().min(0) });

/** By cycle; an irregular one has no period. */
export const updateCycles = z.record(UpdateCycle, Cycle.nullable()).parse(entries);
