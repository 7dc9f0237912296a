import type { WatchMessage } from '../../../schemas/contracts/messages.ts';
import { Fault } from '../../kernel/fault.ts';
import { isLeased } from '../../kernel/lease.ts';
import { lookBegun } from '../domain/watches/look.ts';
import { isEndedWatch, isUnderWay, watchAllows, type WatchBefore } from '../domain/watches/transitions.ts';
import { runLook } from './run-look.ts';
import { endByHub, refuseKeys } from './end-by-hub.ts';
import { firstStep, nextStep, type Looking } from './look-basis.ts';
import type { LookPorts } from './ports.ts';
import { tidyWatch } from './tidy-watch.ts';

/**
 * Looks what became of the records of watched keys: at the dataset in force, compared with what the last look saw, however
 * many there were between. Returns once the message is done with.
 *
 * @throws while another attempt holds the lease, and on any fault: the queue tries again later
 */
export const lookHandler =
  (hub: LookPorts) =>
  async ({ watchId }: WatchMessage): Promise<void> => {
    const ports = { ...hub, log: hub.log.with({ watchId }) };
    // Before anything is looked at: what comes from now on leaves another mark.
    const mark = await ports.watches.markOf(watchId);
    const watch = await ports.watches.find(watchId);
    if (!watch) return ports.log.warn('no such watch', { watchId });
    if (isEndedWatch(watch)) return tidyWatch(ports, watch);
    if (isUnderWay(watch) && isLeased(watch, ports.clock.now()))
      throw new Fault(`watch ${watchId} is held by attempt ${watch.epoch}`);
    if (watchAllows('take', watch)) {
      const step = await firstStep(ports, watch);
      if (step.kind === 'look') return look(ports, watch, step.looking);
      if (step.kind === 'refuse') return refuseKeys(ports, watch, step.refusal);
      return ports.log.info('keys wait for a dataset that can be looked at', { outcome: step.kind });
    }
    if (!watchAllows('open', watch)) return ports.log.info('keys have not come');
    const step = await nextStep(ports, watch);
    if (step.kind === 'look') return look(ports, watch, step.looking);
    if (step.kind === 'end') return endByHub(ports, watch, step.end);
    await (step.until === undefined ? ports.watches.rest(watchId, mark) : ports.watches.postpone(watchId, step.until));
  };

/** One that the terms have left meanwhile is judged anew. */
async function look(ports: LookPorts, watch: WatchBefore<'take' | 'open'>, looking: Looking): Promise<void> {
  const begun = lookBegun(watch, looking, ports.clock.now());
  if (!(await ports.watches.replace(begun, watch, {}, begun.leaseUntil)))
    throw new Fault(`watch ${watch.watchId} was taken in between`);
  if ((await runLook(ports, begun, looking)) === 'ended') await lookHandler(ports)({ watchId: watch.watchId });
}
