import type { ResourceId } from '../../../schemas/contracts/ids.ts';
import type { RepresentationIn, StoredDataset, StoredRepresentation } from '../../../schemas/stored/datasets.ts';
import { Fault } from '../../kernel/fault.ts';
import { holdLeaseOn, type Lease, LeaseLost } from '../../kernel/hold-lease.ts';
import { LEASE_SECONDS } from '../../kernel/lease.ts';
import type { Hub, Timer } from '../../kernel/ports.ts';
import { after } from '../../kernel/time.ts';
import { UnreadableValue } from '../../records/index.ts';
import { csvOf } from '../csv.ts';
import { representationKey } from '../representation/places.ts';
import { tooMuch, Unfit } from '../representation/unfit.ts';
import { dropRepresentation } from './drop.ts';
import type { Facts, Maker, Representations, RepresentObjects } from './ports.ts';

export interface MakePorts extends Hub {
  readonly facts: Facts;
  readonly representations: Representations;
  readonly objects: RepresentObjects;
  readonly maker: Maker;
  readonly timer: Timer;
}

type Making = RepresentationIn<'making'>;
type Ended = RepresentationIn<'made' | 'unfit'>;

/**
 * Makes what a dataset version is looked up in, by one attempt at a time; nothing where another has begun meanwhile. The object
 * is visible to nobody before it is the representation, and an attempt that ends otherwise takes it away.
 */
export async function makeRepresentation(
  ports: MakePorts,
  resourceId: ResourceId,
  datasetVersion: number,
  was: StoredRepresentation | undefined,
): Promise<void> {
  const { clock, representations } = ports;
  if (was?.state === 'dropping') await dropRepresentation(ports, was);
  const replaced = was?.state === 'making' ? was : undefined;
  const claimed = leased({ resourceId, datasetVersion, form: 'parquet', epoch: (was?.epoch ?? 0) + 1 }, clock.now());
  if (!(await representations.put(claimed, replaced))) return;
  const about = { resourceId, datasetVersion };
  const lease = holdLeaseOn(ports, claimed, about, {
    renewed: (current, now) => leased(current, now),
    replace: (next) => representations.put(next, fenceOf(claimed)),
  });
  try {
    if (replaced) await ports.objects.discard(representationKey(replaced));
    await keep(ports, claimed, lease, await outcomeOf(ports, claimed, lease));
  } catch (fault) {
    await lease.end();
    if (fault instanceof LeaseLost) return;
    // So that the next try need not wait for the end of this one's lease.
    await representations.put({ ...claimed, leaseUntil: clock.now() }, fenceOf(claimed));
    throw fault;
  }
}

const leased = (one: Omit<Making, 'state' | 'leaseUntil'>, now: string): Making => ({
  ...one,
  state: 'making',
  leaseUntil: after(now, { seconds: LEASE_SECONDS }),
});

const fenceOf = ({ state, epoch }: Making) => ({ state, epoch });

async function outcomeOf(ports: MakePorts, making: Making, lease: Lease): Promise<Ended> {
  const { resourceId, datasetVersion, form, epoch } = making;
  const of = { resourceId, datasetVersion, form, epoch };
  const dataset = await ports.facts.dataset(resourceId, datasetVersion);
  if (!dataset) throw new Fault(`dataset ${datasetVersion} of ${resourceId} is not there`);
  const reason = tooMuch(dataset);
  if (reason !== undefined) return { ...of, state: 'unfit', reason, foundAt: ports.clock.now() };
  try {
    return { ...of, state: 'made', ...(await written(ports, dataset, making, lease)) };
  } catch (error) {
    const why = whyNever(error);
    if (why === undefined) throw error;
    return { ...of, state: 'unfit', reason: why, foundAt: ports.clock.now() };
  }
}

function whyNever(error: unknown) {
  if (error instanceof Unfit) return error.reason;
  return error instanceof UnreadableValue ? 'unreadable-values' : undefined;
}

async function written(
  { facts, objects, maker, clock }: MakePorts,
  dataset: StoredDataset,
  making: Making,
  lease: Lease,
) {
  const schema = await facts.schema(dataset.resourceId, dataset.resourceVersion);
  const { columns, input } = csvOf(
    dataset,
    (object) => objects.read(object),
    () => lease.mustHold(),
  );
  return maker.make(
    { schema, columns, input },
    async ({ columns: represented, keyFields, rows, values, tail, bytes }) => {
      if (rows !== dataset.rows) throw new Fault(`dataset ${dataset.datasetVersion} has other rows than were counted`);
      lease.mustHold();
      const object = await objects.put(representationKey(making), bytes);
      return {
        columns: [...represented],
        ...(keyFields && { keyFields: [...keyFields] }),
        rows,
        values,
        object,
        tail,
        madeAt: clock.now(),
        holds: 0,
      };
    },
  );
}

async function keep({ representations, objects, log }: MakePorts, making: Making, lease: Lease, ended: Ended) {
  await lease.end();
  const isKept = await representations.put(ended, fenceOf(making));
  const { resourceId, datasetVersion, epoch } = ended;
  const about = { resourceId, datasetVersion, epoch };
  if (ended.state === 'unfit') {
    log.warn('dataset cannot be represented', { ...about, code: ended.reason });
    return;
  }
  if (!isKept) return objects.remove(ended.object);
  log.info('dataset represented', { ...about, rows: ended.rows, bytes: ended.object.bytes });
}
