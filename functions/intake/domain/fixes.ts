import type { Violation } from '../../../schemas/contracts/problem.ts';
import type { UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import type { ResourceHead } from '../../../schemas/stored/catalog.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import type { StoredUpload, UploadIn } from '../../../schemas/stored/uploads.ts';

const broken = (rule: string, message: string): Violation => ({ path: '/fixes', rule, message });

/** Why mended records cannot join what an upload made; unknown uploads and others' look the same. */
export function fixesProblem(linked: StoredUpload | undefined, head: ResourceHead): Violation | undefined {
  if (!linked || linked.provider !== head.provider)
    return broken('not-yours', 'your department has no upload with this id');
  const { uploadId, resourceId, resourceVersion } = linked;
  if (resourceId !== head.resourceId)
    return broken(
      'other-resource',
      `upload ${uploadId} is of the resource ${resourceId}: its records cannot join another`,
    );
  if (linked.content === 'changes')
    return broken('changes', `the records of upload ${uploadId} are edits: mend them and announce them as changes`);
  if (linked.content === 'attachments')
    return broken('attachments', `upload ${uploadId} is of attachments: send those that were rejected once more`);
  if (linked.state === 'refused') return broken('refused-as-a-whole', refusedAsAWhole(linked));
  if (linked.state !== 'accepted') return broken('under-way', `upload ${uploadId} has no verdict yet: wait for it`);
  const { datasetVersion } = linked;
  if (datasetVersion !== head.datasetVersion) {
    return broken(
      'outdated',
      `upload ${uploadId} made dataset version ${datasetVersion}, and version ${head.datasetVersion} is in force: upload the whole file`,
    );
  }
  if (resourceVersion !== head.latestVersion) {
    return broken(
      'outdated',
      `upload ${uploadId} was checked against version ${resourceVersion} of the resource, which has version ${head.latestVersion} by now: upload the whole file`,
    );
  }
  return undefined;
}

const refusedAsAWhole = ({ uploadId, fixes }: StoredUpload): string =>
  `upload ${uploadId} was refused as a whole and made no dataset: ` +
  (fixes === undefined
    ? 'mend the file itself and upload it without "fixes"'
    : `mend its records and name upload ${fixes}, which they were to fix, instead`);

export const nothingToFix = ({ uploadId }: StoredUpload): Violation =>
  broken('nothing-to-fix', `no record of upload ${uploadId} is left to mend`);

/**
 * Whether records are left to mend in the newest of a chain of uploads, each of which fixes the next: those that an
 * upload rejected, less those that the later ones brought.
 */
export function leavesRecordsToMend(chain: readonly Pick<UploadIn<'accepted'>, 'rows'>[]): boolean {
  let mended = 0;
  for (const { rows } of chain) {
    if (rows.rejected > mended) return true;
    mended += rows.accepted;
  }
  return false;
}

/** Mended records join the dataset that their upload made, or none: `current` is what took its place. */
export const baseSuperseded = (base: StoredDataset, current: StoredDataset): UploadRefusal => ({
  code: 'superseded',
  detail:
    `Dataset version ${base.datasetVersion}, which the mended records were to join, is no longer in force: version ${current.datasetVersion} is, ` +
    `of upload ${current.uploadId}. If that upload mended other records of the same file, announce this file again with "fixes": "${current.uploadId}"; ` +
    `otherwise take the fix-file again from upload ${current.uploadId}, or upload the whole file.`,
});
