import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { ExtractId } from '../../../schemas/contracts/ids.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import { type AttachmentMacs, referencesIn } from '../../datasets/attachments/references.ts';
import { csvOf } from '../../datasets/csv.ts';
import { Fault } from '../../kernel/fault.ts';
import { attachmentField, writeChanges, writeExtracts } from '../../records/index.ts';
import type { ExtractObjects, Facts } from '../ports.ts';

export interface PassPorts {
  readonly facts: Pick<Facts, 'dataset' | 'schema'>;
  readonly objects: Pick<ExtractObjects, 'dataset'>;
  readonly attachmentMacs: AttachmentMacs;
}

type ExtractRequest = Parameters<typeof writeExtracts>[2][number];
type Request = Pick<ExtractRequest, 'spec' | 'sink'> & { readonly extractId: ExtractId };
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
  const referring = (requests: readonly Request[]) => withReferences(ports, dataset, newer.schema, requests);
  if (base === undefined) return async (requests) => writeExtracts(newer.input, newer, await referring(requests));
  const { resourceId, datasetVersion } = dataset;
  const earlier = await ports.facts.dataset(resourceId, base);
  if (!earlier) throw new Fault(`dataset ${base} of ${resourceId} is not there`);
  const key = newer.schema.primaryKey;
  if (!key) throw new Fault(`dataset ${datasetVersion} of ${resourceId} has no primary key`);
  const older = await recordsOf(ports, earlier);
  return async (requests) => writeChanges(older, newer, key, await referring(requests));
}

/** Attachments are asked for by the references of the extract that shows whose they are. */
function withReferences(
  { attachmentMacs }: PassPorts,
  { resourceId }: StoredDataset,
  schema: TableSchema,
  requests: readonly Request[],
): Promise<ExtractRequest[]> {
  const has = attachmentField(schema) !== undefined;
  return Promise.all(
    requests.map(async ({ extractId, ...request }) => ({
      ...request,
      refer: has ? (await referencesIn(attachmentMacs, resourceId, { extractId })).refer : undefined,
    })),
  );
}

async function recordsOf({ facts, objects }: PassPorts, dataset: StoredDataset) {
  const schema = await facts.schema(dataset.resourceId, dataset.resourceVersion);
  return { schema, ...csvOf(dataset, (object) => objects.dataset(object)) };
}
