import type { StoredDelivery } from '../../schemas/stored/delivery.ts';
import { traceOf } from '../kernel/about.ts';
import { atMost, each, tell } from '../kernel/each.ts';
import { after } from '../kernel/time.ts';
import { lookAfter, restUntil } from './domain/pauses.ts';
import { clearAway, dropIfUnused } from './sending/drop-extract.ts';
import { endRetention } from './end-retention.ts';
import { notify, type NotifyPorts } from './sending/notify.ts';
import { planDataset } from './planning/plan-dataset.ts';
import type { DueDelivery, ExtractMark, Mark } from './ports.ts';
import { reactToAgreement, type AgreementPorts } from './planning/react-to-agreement.ts';
import { sendWork } from './planning/send-work.ts';

const MARKS_A_RUN = 200;
const DELIVERIES_A_RUN = 2000;
const RETENTIONS_A_RUN = 2000;
const EXTRACTS_A_RUN = 500;
const WIDTH = 8;
/** A mark whose work failed, or was cut off, comes again after this long, behind those that have not had their turn. */
const PAUSE = { minutes: 5 };

export type SweepPorts = AgreementPorts & NotifyPorts;

/** What a run took up: marks by kind, deliveries by state. */
type Taken = Record<Mark['kind'] | 'planned' | 'released', number>;

/** Every minute: does what a lost event, message or notice left undone. One that fails keeps no other from its turn. */
export const sweepHandler = (ports: SweepPorts) => async (): Promise<void> => {
  const now = ports.clock.now();
  const taken: Taken = { agreement: 0, dataset: 0, planned: 0, released: 0 };
  const faults = [
    ...(await each(atMost(MARKS_A_RUN, ports.marks.due('agreement', now)), 1, (mark) =>
      react(ports, mark, now, taken),
    )),
    ...(await each(atMost(MARKS_A_RUN, ports.marks.due('dataset', now)), 1, (mark) => react(ports, mark, now, taken))),
    ...(await sweepDeliveries(ports, now, taken)),
    ...(await each(atMost(RETENTIONS_A_RUN, ports.deliveries.retained(now)), WIDTH, (one) =>
      sweepRetention(ports, one, now),
    )),
    ...(await each(atMost(EXTRACTS_A_RUN, ports.extracts.due(now)), WIDTH, (mark) => sweepExtract(ports, mark, now))),
  ];
  tell(ports.log, 'sweep failed', faults);
  const late = taken.agreement + taken.dataset + taken.planned + taken.released;
  if (late > 0) ports.metrics.count('SweptLate', late);
  const { agreement: agreements, dataset: datasets, planned: deliveries, released: notices } = taken;
  ports.log.info('swept', { late, agreements, datasets, deliveries, notices, failed: faults.length });
};

/** First the mark, then the work: what a run dies of must not be at the head of the next one. */
async function react(ports: SweepPorts, mark: Mark, now: string, taken: Taken): Promise<void> {
  taken[mark.kind]++;
  await ports.marks.postpone(mark, after(now, PAUSE));
  await (mark.kind === 'dataset'
    ? planDataset(ports, mark.resourceId, mark.datasetVersion)
    : reactToAgreement(ports, mark.agreementId));
}

async function sweepDeliveries(ports: SweepPorts, now: string, taken: Taken): Promise<unknown[]> {
  const planned: StoredDelivery[] = [];
  const faults = await each(atMost(DELIVERIES_A_RUN, ports.deliveries.due(now)), WIDTH, async (candidate) => {
    // The index may be behind: what is true is in the item itself.
    const delivery = await ports.deliveries.find(candidate.deliveryId);
    if (delivery?.state !== 'planned' && delivery?.state !== 'released') return ports.deliveries.lookNoMore(candidate);
    if (await isSuspended(ports, delivery)) {
      await ports.deliveries.postpone(delivery, restUntil(now));
      return;
    }
    // First the mark, then the work: what always fails must not be at the head of every run.
    await ports.deliveries.postpone(delivery, lookAfter(delivery.releasedAt ?? delivery.plannedAt, now));
    taken[delivery.state]++;
    ports.log.info('delivery swept', { ...traceOf(delivery), outcome: delivery.state });
    if (delivery.state === 'planned') planned.push(delivery);
    else await notify(ports, delivery);
  });
  await sendWork(ports, planned).catch((fault: unknown) => faults.push(fault));
  return faults;
}

const isSuspended = async ({ facts }: SweepPorts, { agreementId }: StoredDelivery): Promise<boolean> =>
  (await facts.agreement(agreementId))?.value.state === 'suspended';

/** Not late but on time: nothing else ends a retention. */
async function sweepRetention(ports: SweepPorts, candidate: DueDelivery, now: string): Promise<void> {
  const delivery = await ports.deliveries.find(candidate.deliveryId);
  if (delivery?.state !== 'noticed') return;
  await ports.deliveries.postpone(delivery, after(now, PAUSE));
  await endRetention(ports, delivery);
}

/** What a pass that was cut off left: an extract that nobody was ever granted, or an object that is no extract. */
async function sweepExtract(ports: SweepPorts, mark: ExtractMark, now: string): Promise<void> {
  await ports.extracts.postpone(mark, after(now, PAUSE));
  await (mark.kind === 'extract' ? dropIfUnused(ports, mark.extractId) : clearAway(ports, mark.attempt));
}
