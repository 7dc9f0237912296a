import type { StoredDelivery } from '../../schemas/contracts/deliveries.ts';
import { lookAfter } from './domain/pauses.ts';
import { atMost, each } from './each.ts';
import { notify, type NotifyPorts } from './notify.ts';
import { planDataset } from './plan-dataset.ts';
import type { Mark } from './ports.ts';
import { reactToAgreement, type AgreementPorts } from './react-to-agreement.ts';
import { sendWork } from './send-work.ts';

const MARKS_A_RUN = 200;
const DELIVERIES_A_RUN = 2000;
const WIDTH = 8;
/** A mark whose work failed comes again after this long, behind those that have not had their turn. */
const PAUSE = 5 * 60_000;

export type SweepPorts = AgreementPorts & NotifyPorts;

/** Every minute: does what a lost event, message or notice left undone. One that fails keeps no other from its turn. */
export const sweepHandler = (ports: SweepPorts) => async (): Promise<void> => {
  const now = ports.clock.now();
  const faults = [
    ...(await each(atMost(MARKS_A_RUN, ports.marks.due('agreement', now)), 1, (mark) => react(ports, mark, now))),
    ...(await each(atMost(MARKS_A_RUN, ports.marks.due('dataset', now)), 1, (mark) => react(ports, mark, now))),
    ...(await sweepDeliveries(ports, now)),
  ];
  for (const error of faults) ports.log.error('sweep failed', { error });
};

async function react(ports: SweepPorts, mark: Mark, now: string): Promise<void> {
  try {
    await (mark.kind === 'dataset'
      ? planDataset(ports, mark.resourceId, mark.datasetVersion)
      : reactToAgreement(ports, mark.agreementId));
  } catch (fault) {
    await ports.marks.postpone(mark, new Date(Date.parse(now) + PAUSE).toISOString());
    throw fault;
  }
}

async function sweepDeliveries(ports: SweepPorts, now: string): Promise<unknown[]> {
  const planned: StoredDelivery[] = [];
  const faults = await each(atMost(DELIVERIES_A_RUN, ports.deliveries.due(now)), WIDTH, async (candidate) => {
    // The index may be behind: what is true is in the item itself.
    const delivery = await ports.deliveries.find(candidate.deliveryId);
    if (delivery?.state !== 'planned' && delivery?.state !== 'released') return;
    // First the mark, then the work: what always fails must not be at the head of every run.
    await ports.deliveries.postpone(delivery, lookAfter(delivery.releasedAt ?? delivery.plannedAt, now));
    if (delivery.state === 'planned') planned.push(delivery);
    else await notify(ports, delivery);
  });
  await sendWork(ports, planned).catch((fault: unknown) => faults.push(fault));
  return faults;
}
