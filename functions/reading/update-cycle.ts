import type { UpdateCycle } from '../../schemas/contracts/definition.ts';
import { updateCycles } from '../../schemas/registry/update-cycles.ts';
import { after } from '../kernel/time.ts';

/** When the next dataset is due after one (an instant); never for an irregular cycle. */
export const dueAfter = (cycle: UpdateCycle, instant: string): string | undefined => {
  const entry = updateCycles[cycle];
  return entry ? after(instant, { hours: entry.hours }) : undefined;
};

/** From when on a resource without a newer dataset is late: due, and the grace is over. */
export const lateAfter = (cycle: UpdateCycle, instant: string): string | undefined => {
  const entry = updateCycles[cycle];
  return entry ? after(instant, { hours: entry.hours + entry.graceHours }) : undefined;
};
