import type { DeliveryId } from '../../../schemas/contracts/ids.ts';
import { DeliveryWork, MAX_EXTRACTS_A_PASS } from '../../../schemas/contracts/messages.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import type { StoredDelivery, StoredExtract } from '../../../schemas/stored/delivery.ts';
import type { AttachmentMacs } from '../../datasets/attachments/references.ts';
import { each, raise, tell } from '../../kernel/each.ts';
import { Fault } from '../../kernel/fault.ts';
import { held, type HoldingPorts } from '../../kernel/holding.ts';
import type { Hub } from '../../kernel/ports.ts';
import { consume } from '../../kernel/queue.ts';
import { secondsSince } from '../../kernel/time.ts';
import { annul } from './annul.ts';
import { dropIfUnused } from './drop-extract.ts';
import { mayGoOut } from './may-go-out.ts';
import { notifyOrLeave } from './notify.ts';
import type { Deliveries, ExtractObjects, Extracts, Facts, Mailboxes } from '../ports.ts';
import { provideExtracts } from './provide-extracts.ts';
import { releaseDelivery, type Going } from './release-delivery.ts';

/** Extracts side by side: all of a message. */
const WIDTH = MAX_EXTRACTS_A_PASS;
/** What is read side by side goes to the table together. */
const READS = 50;
/** Deliveries of one extract side by side: those that are released at once go to the table together. */
const RELEASES = 11;

export interface DeliverPorts extends Hub, HoldingPorts {
  readonly facts: Facts;
  readonly deliveries: Deliveries;
  readonly extracts: Extracts;
  readonly objects: ExtractObjects;
  readonly attachmentMacs: AttachmentMacs;
  readonly mailboxes: Mailboxes;
}

type Wanted = DeliveryWork['extracts'][number] & { readonly planned: readonly StoredDelivery[] };

export const deliverHandler = (ports: DeliverPorts) =>
  consume(
    DeliveryWork,
    held((work) => deliver(ports, work), ports),
    ports,
  );

/**
 * One pass over one dataset: writes the extracts that somebody still waits for, then releases each delivery by itself.
 * Every fault is kept to the deliveries that it concerns; at the end the message is reported, and what went well is
 * skipped when it comes again.
 */
async function deliver(hub: DeliverPorts, work: DeliveryWork): Promise<void> {
  const began = hub.clock.now();
  const { resourceId, datasetVersion } = work;
  const dataset = await hub.facts.dataset(resourceId, datasetVersion);
  if (!dataset) throw new Fault(`dataset ${datasetVersion} of ${resourceId} is not there`);
  const log = hub.log.with({ uploadId: dataset.uploadId, resourceId, datasetVersion });
  const { faults, ...done } = await deliverFrom({ ...hub, log }, dataset, work);
  const outcome = faults.length === 0 ? 'done' : 'failed';
  const seconds = secondsSince(began, hub.clock.now());
  log.info('dataset delivered', { outcome, ...done, failed: faults.length, seconds });
  tell(log, 'delivering failed', faults);
  raise(`delivering dataset ${datasetVersion} of ${resourceId}`, faults);
}

interface Done {
  readonly extracts: number;
  readonly deliveries: number;
  readonly faults: readonly unknown[];
}

async function deliverFrom(ports: DeliverPorts, dataset: StoredDataset, work: DeliveryWork): Promise<Done> {
  const faults: unknown[] = [];
  const wanted: Wanted[] = [];
  for (const order of work.extracts) {
    const planned: StoredDelivery[] = [];
    faults.push(
      ...(await each(order.deliveries, READS, async (id) => void planned.push(...(await stillPlanned(ports, id))))),
    );
    wanted.push({ ...order, planned });
  }
  const needed = wanted.filter(({ planned }) => planned.length > 0);
  const provided = await provideExtracts(ports, dataset, needed);
  faults.push(...provided.faults);
  faults.push(
    ...(await each(wanted, WIDTH, async ({ extractId, planned }) => {
      const why = provided.unfit.get(extractId);
      if (why !== undefined) {
        faults.push(...(await each(planned, WIDTH, async (one) => void (await annul(ports, one, why)))));
        return;
      }
      const extract = provided.ready.get(extractId);
      if (planned.length > 0 && !extract) return;
      const unreleased = extract ? await releaseAll(ports, planned, extract, dataset) : [];
      faults.push(...unreleased);
      // Written for deliveries that all came to nothing: nobody would ever take the last grant away.
      if (unreleased.length === 0) await dropIfUnused(ports, extractId);
    })),
  );
  return { extracts: needed.length, deliveries: needed.reduce((sum, { planned }) => sum + planned.length, 0), faults };
}

/** Agreements are read together, and shortly before the releases that rest on them. */
async function releaseAll(
  ports: DeliverPorts,
  planned: readonly StoredDelivery[],
  extract: StoredExtract,
  dataset: StoredDataset,
): Promise<readonly unknown[]> {
  const faults: unknown[] = [];
  for (let from = 0; from < planned.length; from += RELEASES) {
    const going: Going[] = [];
    const unread = await each(planned.slice(from, from + RELEASES), RELEASES, async (delivery) => {
      const agreement = await mayGoOut(ports, delivery);
      if (agreement) going.push({ delivery, agreement });
    });
    const unreleased = await each(going, RELEASES, (one) => releaseDelivery(ports, one, extract, dataset));
    faults.push(...unread, ...unreleased);
  }
  return faults;
}

/** The delivery if there is something to write for it. One that was released and not noticed gets its notice here. */
async function stillPlanned(ports: DeliverPorts, id: DeliveryId): Promise<readonly StoredDelivery[]> {
  const delivery = await ports.deliveries.find(id);
  if (!delivery) throw new Fault(`delivery ${id} is not there`);
  if (delivery.state === 'released') await notifyOrLeave(ports, delivery);
  if (delivery.state !== 'planned') return [];
  return (await mayGoOut(ports, delivery)) ? [delivery] : [];
}
