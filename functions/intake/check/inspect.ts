import type { DatasetObject, ResourceVersion, StoredDataset } from '../../../schemas/contracts/resources.ts';
import type { UploadIn, WholeUpload } from '../../../schemas/stored/uploads.ts';
import { datasetBytes } from '../../kernel/dataset-bytes.ts';
import { Fault } from '../../kernel/fault.ts';
import { checkRecords } from '../../records/index.ts';
import type { Claimed } from '../domain/claim.ts';
import { judge, otherBytes, type Verdict } from '../domain/judge.ts';
import { datasetKey, fixFileKey, reportKey } from '../domain/places.ts';
import type { CheckedObjects, IntakeObjects, ObjectVersion, ObjectWriter } from '../ports.ts';
import type { Lease } from './lease.ts';

export interface Inspection {
  readonly verdict: Verdict;
  /** Written, but nothing refers to them before the verdict is committed. */
  readonly dataset?: readonly DatasetObject[] | undefined;
  readonly report?: StoredObject | undefined;
  readonly fixFile?: StoredObject | undefined;
}

export interface StoredObject {
  readonly key: string;
  readonly versionId: string;
}

interface Ports {
  readonly objects: IntakeObjects;
  readonly checked: CheckedObjects;
}

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
    base: base && {
      input: datasetBytes(
        base,
        ({ key, versionId }) => ports.checked.read(key, versionId),
        () => lease.mustHold(),
      ),
      columns: base.columns,
    },
  };
  const dataset = ports.checked.open(datasetKey(upload));
  const report = ports.checked.open(reportKey(upload));
  const fixes = ports.checked.open(fixFileKey(upload));
  try {
    const result = await checkRecords(input, settings, { accepted: dataset, report, fixes });
    const verdict = judge(upload, result, definition.tolerance);
    return {
      verdict,
      dataset: await finishDataset(dataset, datasetKey(upload), verdict),
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

async function finishDataset(
  writer: ObjectWriter,
  key: string,
  verdict: Verdict,
): Promise<DatasetObject[] | undefined> {
  const written = verdict.accepted ? verdict.dataset : undefined;
  const stored = await finish(writer, key, verdict.accepted, written?.bytes);
  return stored && written && [{ ...stored, bytes: written.bytes, sha256: written.sha256 }];
}

export async function finish(
  writer: ObjectWriter,
  key: string,
  wanted: boolean,
  bytes?: number,
): Promise<StoredObject | undefined> {
  if (!wanted) {
    await writer.abort();
    return undefined;
  }
  const { versionId, ...written }: ObjectVersion = await writer.close();
  if (bytes !== undefined && written.bytes !== bytes)
    throw new Fault(`${bytes} bytes were checked and ${written.bytes} stored`);
  return { key, versionId };
}

export async function* whileLeased(input: AsyncIterable<Uint8Array>, lease: Lease): AsyncGenerator<Uint8Array> {
  for await (const chunk of input) {
    lease.mustHold();
    yield chunk;
  }
}
