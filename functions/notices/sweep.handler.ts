import { atMost, each, tell } from '../kernel/each.ts';
import type { Ports } from './ports.ts';
import { sendOrLeave } from './send.ts';

/** Notices of one run; what is left has its turn a minute later. */
const NOTICES_A_RUN = 2000;
const WIDTH = 8;

/** Every minute: notices that a lost event or a mailbox that failed left unsent. */
export const sweepHandler = (ports: Ports) => async (): Promise<void> => {
  let notices = 0;
  const faults = await each(atMost(NOTICES_A_RUN, ports.outbox.due(ports.clock.now())), WIDTH, async (id) => {
    notices += 1;
    await sendOrLeave(ports, id);
  });
  tell(ports.log, 'sweep failed', faults);
  if (notices > 0) ports.metrics.count('SweptLate', notices);
  ports.log.info('swept', { notices, failed: faults.length });
};
