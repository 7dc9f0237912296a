import type { UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import type { ResourceHead } from '../../../schemas/stored/catalog.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import type { StoredUpload } from '../../../schemas/stored/uploads.ts';
import { Fault } from '../../kernel/fault.ts';
import { baseSuperseded } from '../domain/fixes.ts';
import { superseded } from '../domain/refusals.ts';
import type { Intake } from '../ports.ts';

type Ports = Pick<Intake, 'uploads' | 'resources'>;

/**
 * The dataset that records join (mended ones: that of the upload that they fix) or are merged into (changes: the one in
 * force); undefined for an upload of a whole file, and for changes before the first dataset.
 */
export async function baseOf(
  ports: Ports,
  { fixes, content, resourceId }: StoredUpload,
  head: ResourceHead,
): Promise<StoredDataset | undefined> {
  if (content === 'changes') return inForce(ports, head);
  if (fixes === undefined) return undefined;
  const linked = await ports.uploads.find(fixes);
  const base =
    linked?.state === 'accepted' && linked.content !== 'attachments'
      ? await ports.resources.dataset(resourceId, linked.datasetVersion)
      : undefined;
  if (!base) throw new Fault(`upload ${fixes} has no dataset`);
  return base;
}

/** The dataset in force; undefined before the first. */
export async function inForce(
  { resources }: Pick<Ports, 'resources'>,
  { resourceId, datasetVersion }: ResourceHead,
): Promise<StoredDataset | undefined> {
  if (datasetVersion === 0) return undefined;
  const current = await resources.dataset(resourceId, datasetVersion);
  if (!current) throw new Fault(`dataset ${datasetVersion} of ${resourceId} is gone`);
  return current;
}

/** Why the upload can no longer become the resource's next dataset version, as the resource stands. */
export async function overtakenBy(
  ports: Ports,
  upload: StoredUpload,
  base: StoredDataset | undefined,
  head: ResourceHead,
): Promise<UploadRefusal | undefined> {
  if (upload.fixes === undefined || !base) return superseded(upload, head);
  const current = base.datasetVersion === head.datasetVersion ? undefined : await inForce(ports, head);
  return current && baseSuperseded(base, current);
}

/** Changes are merged into the dataset in force and no other: an older upload that made one meanwhile has them merged anew. */
export const isMergedElsewhere = (
  { content }: StoredUpload,
  base: StoredDataset | undefined,
  { datasetVersion }: ResourceHead,
): boolean => content === 'changes' && (base?.datasetVersion ?? 0) !== datasetVersion;

/** A record that was checked against one version of the resource is not one of another. */
export const snapshotNeeded = (
  { content, resourceVersion }: StoredUpload,
  base: StoredDataset | undefined,
): UploadRefusal | undefined =>
  content === 'changes' && base && base.resourceVersion !== resourceVersion
    ? {
        code: 'snapshot-needed',
        detail:
          `The dataset in force, version ${base.datasetVersion}, was checked against version ${base.resourceVersion} of the resource, ` +
          `and these changes against version ${resourceVersion}. Upload a snapshot, then announce the changes again.`,
      }
    : undefined;
