import type { LateResource } from '../../../schemas/contracts/resources.ts';
import type { ResourceHead } from '../../../schemas/stored/catalog.ts';
import { dayIn, daysBetween } from '../../kernel/time.ts';
import { dueAfter, lateAfter } from '../../reading/update-cycle.ts';

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
