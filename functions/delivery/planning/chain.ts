import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import type { StoredDelivery } from '../../../schemas/stored/delivery.ts';
import { Fault } from '../../kernel/fault.ts';
import { isReleased } from '../../reading/released.ts';
import type { Schemas } from '../../records/index.ts';
import { isChain, isEntering } from '../domain/chain.ts';
import { deliveryIdOf, fits, planDelivery } from '../domain/plan.ts';
import { isUpTo, startOf, startOfEntering, type Start } from '../domain/start.ts';
import type { Deliveries, Facts } from '../ports.ts';

export interface ChainPorts {
  readonly facts: Pick<Facts, 'dataset' | 'schema'>;
  readonly deliveries: Pick<Deliveries, 'find'>;
  /** The hub's time zone. */
  readonly timeZone: string;
}

/** So many versions in a row that do not fit are looked past for a base; beyond them a snapshot is as good. */
const LOOK_BACK = 50;

/**
 * What a dataset means to an agreement that follows each arrival: its delivery, unless it was superseded before the
 * agreement came into force. Under `changes`, and where the first day of validity is told by the clock, also those before it
 * that nobody has planned, oldest first. They are to be stored in this order: a delivery that is there then says that
 * all before it are, and the usual walk ends at the first step. Whoever calls it, and however often, gets the same.
 */
export async function owedFor(
  ports: ChainPorts,
  agreement: Agreement,
  dataset: StoredDataset,
  now: string,
): Promise<readonly StoredDelivery[]> {
  const { facts } = ports;
  if (isEntering(dataset)) return enteredFor(ports, agreement, dataset, now);
  const start = startOf(agreement, ports.timeZone);
  const owed: StoredDelivery[] = [];
  for (const link of (await unplanned(ports, agreement, dataset, start)).toReversed()) {
    const base = isChain(agreement) ? await baseOf(facts, agreement, link, start) : undefined;
    owed.push(await deliveryOf(facts, agreement, link, now, base));
  }
  return owed;
}

/**
 * Of records that enter each version's, once: from the dataset of the first filing on, back to one that was delivered, or is to
 * be, under whatever terms. What a suspension or an amendment left out is made good so, and nothing comes a second time.
 */
async function enteredFor(
  { facts, deliveries, timeZone }: ChainPorts,
  agreement: Agreement,
  dataset: StoredDataset,
  now: string,
): Promise<readonly StoredDelivery[]> {
  const start = startOfEntering(agreement, timeZone);
  const owed: StoredDelivery[] = [];
  for (let version = dataset.datasetVersion; version > 0; version--) {
    if (await hasEntered(deliveries, agreement, version)) break;
    const each = version === dataset.datasetVersion ? dataset : await datasetOf(facts, dataset, version);
    const isFirst = isUpTo(each, start);
    // One that is superseded at the filing was told of before anybody agreed on it.
    if (!(isFirst && (await isSuperseded(facts, each, start))))
      owed.push(await deliveryOf(facts, agreement, each, now));
    if (isFirst) break;
  }
  return owed.toReversed();
}

/** Whether a version went out under whatever terms, or is to go out under those in force: what was planned under others never does. */
async function hasEntered(
  { find }: ChainPorts['deliveries'],
  agreement: Agreement,
  datasetVersion: number,
): Promise<boolean> {
  const { agreementId, history, termsVersion: inForce } = agreement;
  const filed = history.flatMap(({ action, termsVersion }) => (action === 'file' ? (termsVersion ?? []) : []));
  const found = await Promise.all(
    [...new Set([...filed, inForce])].map((termsVersion) =>
      find(deliveryIdOf({ agreementId, termsVersion }, datasetVersion)),
    ),
  );
  return found.some((one) => one && (isReleased(one) || (one.state === 'planned' && one.termsVersion === inForce)));
}

/**
 * What an agreement that follows each arrival is owed as it comes into force: the dataset that was in force then. What came
 * since has events of its own, but where a clock told the day, or under `changes`, they are looked after here as well.
 */
export async function owedSinceStart(
  ports: ChainPorts & { readonly facts: StartFacts },
  agreement: Agreement,
  now: string,
): Promise<readonly StoredDelivery[]> {
  const { facts, timeZone } = ports;
  const { byClock } = startOf(agreement, timeZone);
  const current = await facts.currentDataset(agreement.resourceId);
  const dataset =
    isChain(agreement) || byClock || (current && isEntering(current))
      ? current
      : await datasetAtStart(facts, agreement, timeZone);
  return dataset ? owedFor(ports, agreement, dataset, now) : [];
}

type StartFacts = Pick<Facts, 'dataset' | 'newestDataset' | 'currentDataset'>;

/** The dataset that an agreement begins with; of a filing that wrote none down the newest there is. */
export async function datasetAtStart(
  facts: StartFacts,
  agreement: Agreement,
  timeZone: string,
): Promise<StoredDataset | undefined> {
  const { resourceId } = agreement;
  const { at, datasetVersion, byClock } = startOf(agreement, timeZone);
  if (datasetVersion === undefined) return facts.currentDataset(resourceId);
  const opened = byClock ? await facts.newestDataset(resourceId, at) : undefined;
  if (opened && opened.datasetVersion > datasetVersion) return opened;
  return datasetVersion > 0 ? facts.dataset(resourceId, datasetVersion) : undefined;
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

/** The dataset and those before it, newest first, down to the start or to a delivery that is there. */
async function unplanned(
  { facts, deliveries }: ChainPorts,
  agreement: Agreement,
  dataset: StoredDataset,
  start: Start,
): Promise<StoredDataset[]> {
  if (isUpTo(dataset, start)) return (await isSuperseded(facts, dataset, start)) ? [] : [dataset];
  const found = [dataset];
  // Each event plans its own dataset; only an edit needs the one before it, and only a clock can have left one out.
  if (!isChain(agreement) && !start.byClock) return found;
  for (let version = dataset.datasetVersion - 1; version > 0; version--) {
    if (await deliveries.find(deliveryIdOf(agreement, version))) break;
    const earlier = await datasetOf(facts, dataset, version);
    found.push(earlier);
    if (isUpTo(earlier, start)) break;
  }
  return found;
}

/** Of a dataset up to a start: whether the next one is that, too. */
async function isSuperseded(facts: ChainPorts['facts'], dataset: StoredDataset, start: Start): Promise<boolean> {
  const next = await facts.dataset(dataset.resourceId, dataset.datasetVersion + 1);
  return next !== undefined && isUpTo(next, start);
}

/** The newest version before this one, from the start of the chain on, whose own delivery could go out. */
async function baseOf(
  facts: ChainPorts['facts'],
  agreement: Agreement,
  dataset: StoredDataset,
  start: Start,
): Promise<number | undefined> {
  const oldest = Math.max(1, dataset.datasetVersion - LOOK_BACK);
  let earlier = dataset;
  while (!isUpTo(earlier, start) && earlier.datasetVersion > oldest) {
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
