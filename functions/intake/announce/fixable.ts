import type { Violation } from '../../../schemas/contracts/problem.ts';
import type { AnnounceUploadBody } from '../../../schemas/contracts/uploads.ts';
import type { ResourceHead } from '../../../schemas/stored/catalog.ts';
import type { StoredUpload, UploadIn } from '../../../schemas/stored/uploads.ts';
import { fixesProblem, leavesRecordsToMend, nothingToFix } from '../domain/fixes.ts';
import type { Uploads } from '../ports.ts';

/** What an announcement's `fixes` comes to: the upload whose records are mended, and the rules that naming it breaks. */
export interface Fixable {
  readonly linked?: StoredUpload;
  readonly problems: readonly Violation[];
}

export async function fixable(uploads: Uploads, { fixes }: AnnounceUploadBody, head: ResourceHead): Promise<Fixable> {
  if (fixes === undefined) return { problems: [] };
  const linked = await uploads.find(fixes);
  const problem = fixesProblem(linked, head);
  if (problem || !linked) return { problems: problem ? [problem] : [] };
  return { linked, problems: (await isMended(uploads, linked)) ? [nothingToFix(linked)] : [] };
}

/** More than anybody mends in steps; beyond, the records themselves decide. */
const LONGEST_CHAIN = 100;

async function isMended(uploads: Uploads, newest: StoredUpload): Promise<boolean> {
  const chain: UploadIn<'accepted'>[] = [];
  let upload: StoredUpload | undefined = newest;
  while (upload?.state === 'accepted') {
    chain.push(upload);
    if (chain.length === LONGEST_CHAIN || leavesRecordsToMend(chain)) return false;
    upload = upload.fixes && (await uploads.find(upload.fixes));
  }
  return true;
}
