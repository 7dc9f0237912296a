import * as z from 'zod';
import { UpdateCycle } from '../contracts/definition.ts';
import entries from './update-cycles.json' with { type: 'json' };

/** The longest that a period of the cycle is (a month has 31 days here), and how much longer nobody is called late. */
const Cycle = z.strictObject({ hours: z.int().min(1), graceHours: z.int().min(0) });
const cycles = z.record(UpdateCycle, Cycle.nullable()).parse(entries);

const HOUR_MS = 3_600_000;
const later = (instant: string, hours: number): string => new Date(Date.parse(instant) + hours * HOUR_MS).toISOString();

/** When the next dataset is due after one (an instant); never for an irregular cycle. */
export const dueAfter = (cycle: UpdateCycle, instant: string): string | undefined => {
  const entry = cycles[cycle];
  return entry ? later(instant, entry.hours) : undefined;
};

/** From when on a resource without a newer dataset is late: due, and the grace is over. */
export const lateAfter = (cycle: UpdateCycle, instant: string): string | undefined => {
  const entry = cycles[cycle];
  return entry ? later(instant, entry.hours + entry.graceHours) : undefined;
};
