import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import { checkRecords } from '../../records/index.ts';
import type { Claimed } from '../domain/claim.ts';
import { judge, otherBytes, type Verdict } from '../domain/judge.ts';
import { datasetKey, reportKey } from '../domain/places.ts';
import type { CheckedObjects, IntakeObjects, ObjectVersion, ObjectWriter } from '../ports.ts';
import type { Lease } from './lease.ts';

export interface Inspection {
  readonly verdict: Verdict;
  /** Written, but nothing refers to it before the verdict is committed. */
  readonly dataset?: StoredObject | undefined;
  readonly report?: StoredObject | undefined;
}

export interface StoredObject {
  readonly key: string;
  readonly versionId: string;
}

interface Ports {
  readonly objects: IntakeObjects;
  readonly checked: CheckedObjects;
}

/**
 * One pass over the upload's bytes: what is checked is what is stored, in places of this attempt's own.
 *
 * @throws LeaseLost where another attempt took over, and any fault of reading or writing; then nothing is left open
 */
export async function inspect(ports: Ports, upload: Claimed, { definition }: ResourceVersion, lease: Lease): Promise<Inspection> {
  // Another length cannot be the announced file: no need to read it.
  const other = otherBytes(upload, { bytes: upload.object.bytes });
  if (other) return { verdict: { accepted: false, refusal: other, reported: 0 } };

  const input = await ports.objects.read(upload.key, upload.object.versionId);
  const dataset = ports.checked.open(datasetKey(upload));
  const report = ports.checked.open(reportKey(upload));
  try {
    const settings = { schema: definition.schema, format: upload.format, encoding: upload.encoding };
    const result = await checkRecords(whileHeld(input, lease), settings, { accepted: dataset, report });
    const verdict = judge(upload, result, definition.tolerance);
    const bytes = verdict.accepted ? verdict.dataset.bytes : undefined;
    return {
      verdict,
      dataset: await finish(dataset, datasetKey(upload), verdict.accepted, bytes),
      report: await finish(report, reportKey(upload), verdict.reported > 0),
    };
  } catch (fault) {
    await Promise.allSettled([dataset.abort(), report.abort()]);
    throw fault;
  }
}

async function finish(writer: ObjectWriter, key: string, wanted: boolean, bytes?: number): Promise<StoredObject | undefined> {
  if (!wanted) {
    await writer.abort();
    return undefined;
  }
  const { versionId, ...written }: ObjectVersion = await writer.close();
  if (bytes !== undefined && written.bytes !== bytes) throw new Error(`${bytes} bytes were checked and ${written.bytes} stored`);
  return { key, versionId };
}

async function* whileHeld(input: AsyncIterable<Uint8Array>, lease: Lease): AsyncGenerator<Uint8Array> {
  for await (const chunk of input) {
    lease.mustHold();
    yield chunk;
  }
}
