import type { LateResource, ResourceHead } from '../../../schemas/contracts/resources.ts';
import { dueAfter, lateAfter } from '../../../schemas/registry/update-cycles.ts';
import { dayIn } from '../../kernel/day.ts';

type Lateness = Pick<LateResource, 'due' | 'daysLate' | 'updateCycle' | 'datasetAt'>;

/** How late a resource is now; undefined where it is not, by its declared cycle and the grace of that. */
export function latenessOf(head: ResourceHead, now: string, timeZone: string): Lateness | undefined {
  const { updateCycle, datasetAt, publishedAt, retiredAt } = head;
  const since = datasetAt ?? publishedAt;
  if (updateCycle === undefined || since === undefined || retiredAt !== undefined) return undefined;
  const due = dueAfter(updateCycle, since);
  const late = lateAfter(updateCycle, since);
  if (due === undefined || late === undefined || late > now) return undefined;
  const dueDay = dayIn(timeZone, due);
  return {
    updateCycle,
    ...(datasetAt !== undefined && { datasetAt }),
    due: dueDay,
    daysLate: daysBetween(dueDay, dayIn(timeZone, now)),
  };
}

const DAY_MS = 86_400_000;
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
