import type { ResourceHead } from '../../../../schemas/stored/catalog.ts';
import type { StoredDataset } from '../../../../schemas/stored/datasets.ts';
import { digestsOf } from '../../../datasets/attachments/references.ts';
import { csvOf } from '../../../datasets/csv.ts';
import { Fault } from '../../../kernel/fault.ts';
import { attachmentField, DigestSet, eachName } from '../../../records/index.ts';
import type { Intake } from '../../ports.ts';

type Ports = Pick<Intake, 'resources' | 'checked' | 'attachmentMacs'>;

/**
 * The digests of all names that the dataset in force has, and those that are looked up in or compared with still, on the local
 * disk; undefined where there is none yet, or none since the resource names attachments.
 */
export async function namesInForce(ports: Ports, head: ResourceHead): Promise<DigestSet | undefined> {
  const { resourceId, latestVersion, datasetVersion } = head;
  if (datasetVersion === 0) return undefined;
  const newest = await schemaOf(ports, resourceId, latestVersion);
  const datasets = await datasetsOf(ports, head);
  const inForce = datasets[0] && (await schemaOf(ports, resourceId, datasets[0].resourceVersion));
  if (!inForce || (attachmentField(newest) && !attachmentField(inForce))) return undefined;
  const digestOf = await digestsOf(ports.attachmentMacs, resourceId);
  const names = new DigestSet();
  try {
    for (const dataset of datasets) {
      const { input, columns } = csvOf(dataset, ({ key, versionId }) => ports.checked.read(key, versionId));
      const schema = await schemaOf(ports, resourceId, dataset.resourceVersion);
      await eachName(input, { schema, columns }, (name) => names.add(digestOf(name)));
    }
    return names;
  } catch (fault) {
    names.close();
    throw fault;
  }
}

/** The one in force first. */
async function datasetsOf(
  { resources }: Ports,
  { resourceId, datasetVersion }: ResourceHead,
): Promise<StoredDataset[]> {
  const versions = new Set([datasetVersion, ...(await resources.represented(resourceId))]);
  return Promise.all(
    [...versions].map(async (version) => {
      const dataset = await resources.dataset(resourceId, version);
      if (!dataset) throw new Fault(`dataset ${version} of ${resourceId} is gone`);
      return dataset;
    }),
  );
}

async function schemaOf({ resources }: Ports, resourceId: ResourceHead['resourceId'], version: number) {
  const found = await resources.version(resourceId, version);
  if (!found) throw new Fault(`version ${version} of resource ${resourceId} is gone`);
  return found.definition.schema;
}
