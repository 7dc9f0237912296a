import type { ResourceId } from '../../schemas/contracts/ids.ts';
import { atMost, each, tell } from './each.ts';
import type { Hub } from './ports.ts';
import { after } from './time.ts';

const RESOURCES_A_RUN = 500;
/** Longer than a try is under way before the next. */
const PAUSE = { minutes: 5 };

/** Resources at which somebody has to look, and where word of them goes. */
export interface DueResources extends Pick<Hub, 'clock' | 'log'> {
  readonly marks: {
    due(until: string): AsyncIterable<ResourceId>;
    postpone(id: ResourceId, lookAgainAt: string): Promise<void>;
  };
  readonly queue: { send(ids: readonly ResourceId[]): Promise<void> };
}

/** Has all looked at that are due by now. */
export async function sweepResources({ marks, queue, clock, log }: DueResources): Promise<void> {
  const now = clock.now();
  const due: ResourceId[] = [];
  const faults = await each(atMost(RESOURCES_A_RUN, marks.due(now)), 8, async (resourceId) => {
    // First the mark, then the work: what always fails must not be at the head of every run.
    await marks.postpone(resourceId, after(now, PAUSE));
    due.push(resourceId);
  });
  await queue.send(due).catch((fault: unknown) => faults.push(fault));
  tell(log, 'sweep failed', faults);
  log.info('swept', { resources: due.length, failed: faults.length });
}
