import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { StoredDelivery } from '../../schemas/contracts/deliveries.ts';
import type { StoredDataset } from '../../schemas/contracts/resources.ts';
import { Fault } from '../kernel/fault.ts';
import { chainStart, isChain } from './domain/chain.ts';
import type { Schemas } from '../records/index.ts';
import { deliveryIdOf, fits, planDelivery } from './domain/plan.ts';
import type { Deliveries, Facts } from './ports.ts';

export interface ChainPorts {
  readonly facts: Pick<Facts, 'dataset' | 'schema'>;
  readonly deliveries: Pick<Deliveries, 'find'>;
  /** The hub's time zone. */
  readonly zone: string;
}

/** So many versions in a row that do not fit are looked past for a base; beyond them a snapshot is as good. */
const LOOK_BACK = 50;

/**
 * What a dataset means to an agreement that follows each arrival: its delivery, and under `changes` also those before it
 * that nobody has planned, oldest first. They are to be stored in this order: a delivery that is there then says that
 * all before it are, and the usual walk ends at the first step. Whoever calls it, and however often, gets the same.
 */
export async function owedFor(
  ports: ChainPorts,
  agreement: Agreement,
  dataset: StoredDataset,
  now: string,
): Promise<readonly StoredDelivery[]> {
  if (!isChain(agreement)) return [await deliveryOf(ports.facts, agreement, dataset, now)];
  const start = chainStart(agreement, ports.zone);
  const owed: StoredDelivery[] = [];
  for (const link of (await unplanned(ports, agreement, dataset, start)).toReversed())
    owed.push(await deliveryOf(ports.facts, agreement, link, now, await baseOf(ports.facts, agreement, link, start)));
  return owed;
}

/** The delivery of a dataset under an agreement, with the schemas that decide whether they fit. */
export async function deliveryOf(
  facts: Pick<Facts, 'schema'>,
  agreement: Agreement,
  dataset: StoredDataset,
  now: string,
  base?: number,
): Promise<StoredDelivery> {
  return planDelivery(agreement, dataset, await schemasOf(facts, agreement, dataset), now, base);
}

const isBy = ({ committedAt }: StoredDataset, instant: string): boolean =>
  Date.parse(committedAt) <= Date.parse(instant);

/** The dataset and those before it, newest first, down to the start of the chain or to a delivery that is there. */
async function unplanned(
  { facts, deliveries }: ChainPorts,
  agreement: Agreement,
  dataset: StoredDataset,
  start: string,
): Promise<StoredDataset[]> {
  if (isBy(dataset, start)) {
    const next = await facts.dataset(dataset.resourceId, dataset.datasetVersion + 1);
    return next && isBy(next, start) ? [] : [dataset];
  }
  const found = [dataset];
  for (let version = dataset.datasetVersion - 1; version > 0; version--) {
    if (await deliveries.find(deliveryIdOf(agreement, version))) break;
    const earlier = await datasetOf(facts, dataset, version);
    found.push(earlier);
    if (isBy(earlier, start)) break;
  }
  return found;
}

/** The newest version before this one, from the start of the chain on, whose own delivery could go out. */
async function baseOf(
  facts: ChainPorts['facts'],
  agreement: Agreement,
  dataset: StoredDataset,
  start: string,
): Promise<number | undefined> {
  const oldest = Math.max(1, dataset.datasetVersion - LOOK_BACK);
  let earlier = dataset;
  while (!isBy(earlier, start) && earlier.datasetVersion > oldest) {
    earlier = await datasetOf(facts, dataset, earlier.datasetVersion - 1);
    if (fits(agreement, await schemasOf(facts, agreement, earlier))) return earlier.datasetVersion;
  }
  return undefined;
}

async function datasetOf(
  facts: ChainPorts['facts'],
  { resourceId }: StoredDataset,
  version: number,
): Promise<StoredDataset> {
  const dataset = await facts.dataset(resourceId, version);
  if (!dataset) throw new Fault(`dataset ${version} of ${resourceId} is not there`);
  return dataset;
}

async function schemasOf(
  { schema }: Pick<Facts, 'schema'>,
  { resourceId, resourceVersion }: Agreement,
  dataset: StoredDataset,
): Promise<Schemas> {
  const [pinned, actual] = await Promise.all([
    schema(resourceId, resourceVersion),
    schema(resourceId, dataset.resourceVersion),
  ]);
  return { pinned, actual };
}
