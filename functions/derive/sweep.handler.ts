import type { ResourceId } from '../../schemas/contracts/ids.ts';
import { atMost, each, tell } from '../kernel/each.ts';
import type { Hub } from '../kernel/ports.ts';
import { after } from '../kernel/time.ts';
import type { DeriveQueue, Marks } from './ports.ts';

const RESOURCES_A_RUN = 500;
/** Longer than a try is under way before the next. */
const PAUSE = { minutes: 5 };

export interface SweepPorts extends Pick<Hub, 'clock' | 'log'> {
  readonly marks: Marks;
  readonly queue: DeriveQueue;
}

/** Every minute: has run what its schedule says, and what a lost event, or an attempt that died, left behind. */
export const sweepHandler =
  ({ marks, queue, clock, log }: SweepPorts) =>
  async (): Promise<void> => {
    const now = clock.now();
    const due: ResourceId[] = [];
    const faults = await each(atMost(RESOURCES_A_RUN, marks.due(now)), 8, async (resourceId) => {
      // First the mark, then the work: what always fails must not be at the head of every run.
      await marks.mark(resourceId, after(now, PAUSE));
      due.push(resourceId);
    });
    await queue.send(due).catch((fault: unknown) => faults.push(fault));
    tell(log, 'sweep failed', faults);
    log.info('swept', { resources: due.length, failed: faults.length });
  };
