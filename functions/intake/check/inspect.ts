import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import type { UploadIn, WholeUpload } from '../../../schemas/stored/uploads.ts';
import { csvOf } from '../../datasets/csv.ts';
import type { Written } from '../../datasets/next-version.ts';
import type { Lease } from '../../kernel/hold-lease.ts';
import { mustBeWhole } from '../../kernel/stored-whole.ts';
import { checkRecords } from '../../records/index.ts';
import type { Claimed } from '../domain/claim.ts';
import { judge, otherBytes, type Judged } from '../domain/judge.ts';
import { datasetKey, fixFileKey, reportKey } from '../domain/places.ts';
import type { Intake, ObjectVersion, ObjectWriter } from '../ports.ts';

/** What was found, and of good records what was written; nothing refers to that before the verdict is committed. */
export type Verdict =
  | (Extract<Judged, { accepted: true }> & { readonly dataset: Written })
  | Extract<Judged, { accepted: false }>;

export interface Inspection {
  readonly verdict: Verdict;
  readonly report?: StoredObject | undefined;
  readonly fixFile?: StoredObject | undefined;
}

export interface StoredObject {
  readonly key: string;
  readonly versionId: string;
}

type Ports = Pick<Intake, 'objects' | 'checked'>;

/** What an upload's records are held against. */
interface Against {
  readonly version: ResourceVersion;
  /** The dataset that records join, or are merged into. */
  readonly base: StoredDataset | undefined;
}

/**
 * One pass over the upload's bytes: what is checked is what is stored, in places of this attempt's own.
 *
 * @throws LeaseLost where another attempt took over, and any fault of reading or writing; then nothing is left open
 */
export async function inspect(
  ports: Ports,
  upload: UploadIn<'checking', WholeUpload>,
  { version: { definition }, base }: Against,
  lease: Lease,
): Promise<Inspection> {
  const { object } = upload;
  // Another length cannot be the announced file: no need to read it.
  const other = otherBytes(upload, { bytes: object.bytes });
  if (other) return { verdict: { accepted: false, refusal: other, reported: 0, fixable: 0 } };

  const input = whileLeased(await ports.objects.read(upload.key, object.versionId), lease);
  const settings = {
    schema: definition.schema,
    format: upload.format,
    encoding: upload.encoding,
    sheet: upload.sheet,
    fixes: upload.fixes !== undefined,
    changes: upload.content === 'changes',
    base:
      base &&
      csvOf(
        base,
        ({ key, versionId }) => ports.checked.read(key, versionId),
        () => lease.mustHold(),
      ),
  };
  const dataset = ports.checked.open(datasetKey(upload));
  const report = ports.checked.open(reportKey(upload));
  const fixes = ports.checked.open(fixFileKey(upload));
  try {
    const result = await checkRecords(input, settings, { accepted: dataset, report, fixes });
    const verdict = await kept(dataset, datasetKey(upload), judge(upload, result, definition.tolerance));
    return {
      verdict,
      report: await finish(report, reportKey(upload), verdict.reported > 0),
      fixFile: await finish(fixes, fixFileKey(upload), isWorthMending(upload, verdict)),
    };
  } catch (fault) {
    await Promise.allSettled([dataset, report, fixes].map((writer) => writer.abort()));
    throw fault;
  }
}

/** A fix-file is for records that can still join a dataset: this upload's, or the one that it fixes. */
const isWorthMending = ({ fixes }: Claimed, { accepted, fixable }: Verdict): boolean =>
  fixable > 0 && (accepted || fixes !== undefined);

/** The dataset's one object is kept where the records are good. */
async function kept(writer: ObjectWriter, key: string, judged: Judged): Promise<Verdict> {
  if (!judged.accepted) {
    await writer.abort();
    return judged;
  }
  const { bytes, sha256 } = judged.dataset;
  const object = await close(writer, key, bytes);
  return { ...judged, dataset: { ...judged.dataset, objects: [{ ...object, bytes, sha256 }] } };
}

export async function finish(
  writer: ObjectWriter,
  key: string,
  wanted: boolean,
  bytes?: number,
): Promise<StoredObject | undefined> {
  if (wanted) return close(writer, key, bytes);
  await writer.abort();
  return undefined;
}

async function close(writer: ObjectWriter, key: string, bytes?: number): Promise<StoredObject> {
  const { versionId, ...written }: ObjectVersion = await writer.close();
  if (bytes !== undefined) mustBeWhole(bytes, written);
  return { key, versionId };
}

export async function* whileLeased(input: AsyncIterable<Uint8Array>, lease: Lease): AsyncGenerator<Uint8Array> {
  for await (const chunk of input) {
    lease.mustHold();
    yield chunk;
  }
}
