import type { ResourceHead, StoredDataset } from '../../../schemas/contracts/resources.ts';
import type { StoredUpload, UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import { Fault } from '../../kernel/fault.ts';
import { superseded } from '../domain/finish.ts';
import { baseSuperseded } from '../domain/fixes.ts';
import type { Resources, Uploads } from '../ports.ts';

interface Ports {
  readonly uploads: Uploads;
  readonly resources: Resources;
}

/** The dataset that mended records are to join; undefined for an upload of a whole file. */
export async function baseOf(
  { uploads, resources }: Ports,
  { fixes, resourceId }: StoredUpload,
): Promise<StoredDataset | undefined> {
  if (fixes === undefined) return undefined;
  const linked = await uploads.find(fixes);
  const base =
    linked?.datasetVersion === undefined ? undefined : await resources.dataset(resourceId, linked.datasetVersion);
  if (!base) throw new Fault(`upload ${fixes} has no dataset`);
  return base;
}

/** Why the upload can no longer become the resource's next dataset version, as the resource stands. */
export async function overtakenBy(
  { resources }: Ports,
  upload: StoredUpload,
  base: StoredDataset | undefined,
  head: ResourceHead,
): Promise<UploadRefusal | undefined> {
  if (!base) return superseded(upload, head);
  if (base.datasetVersion === head.datasetVersion) return undefined;
  const current = await resources.dataset(upload.resourceId, head.datasetVersion);
  if (!current) throw new Fault(`dataset ${head.datasetVersion} of ${upload.resourceId} is gone`);
  return baseSuperseded(base, current);
}
