import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import { csvOf } from '../../datasets/csv.ts';
import { Fault } from '../../kernel/fault.ts';
import { writeChanges, writeExtracts } from '../../records/index.ts';
import type { ExtractObjects, Facts } from '../ports.ts';

export interface PassPorts {
  readonly facts: Pick<Facts, 'dataset' | 'schema'>;
  readonly objects: Pick<ExtractObjects, 'dataset'>;
}

type Request = Parameters<typeof writeExtracts>[2][number];
type OutcomesOf<Write extends typeof writeExtracts | typeof writeChanges> = Awaited<ReturnType<Write>>;

/** Of one extract. */
export type PassOutcome = (OutcomesOf<typeof writeExtracts> | OutcomesOf<typeof writeChanges>)[number];

/**
 * The pass that writes extracts of a dataset, or with `base` of the changes since that version. Throws where anything that
 * it needs is missing, before any object is begun.
 */
export async function passOver(
  ports: PassPorts,
  dataset: StoredDataset,
  base: number | undefined,
): Promise<(requests: readonly Request[]) => Promise<readonly PassOutcome[]>> {
  const newer = await recordsOf(ports, dataset);
  if (base === undefined) return (requests) => writeExtracts(newer.input, newer, requests);
  const { resourceId, datasetVersion } = dataset;
  const earlier = await ports.facts.dataset(resourceId, base);
  if (!earlier) throw new Fault(`dataset ${base} of ${resourceId} is not there`);
  const key = newer.schema.primaryKey;
  if (!key) throw new Fault(`dataset ${datasetVersion} of ${resourceId} has no primary key`);
  const older = await recordsOf(ports, earlier);
  return (requests) => writeChanges(older, newer, key, requests);
}

async function recordsOf({ facts, objects }: PassPorts, dataset: StoredDataset) {
  const schema = await facts.schema(dataset.resourceId, dataset.resourceVersion);
  return { schema, ...csvOf(dataset, (object) => objects.dataset(object)) };
}
