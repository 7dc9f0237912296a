import type { UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import type { SegmentedUpload, UploadIn } from '../../../schemas/stored/uploads.ts';
import { digestOfAll } from '../../kernel/digest.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Lease } from '../../kernel/hold-lease.ts';
import { KeyJudge, mergeSegments, RefusedFile, type SegmentFindings } from '../../records/index.ts';
import { finish, type Inspection, type Verdict } from '../check/inspect.ts';
import { judge, type Checked } from '../domain/judge.ts';
import { collisionsKey, fixFileKey, reportKey } from '../domain/places.ts';
import { isGood, refusalAmong, toCheckAgain, type GoodSegment } from '../domain/segment.ts';
import type { CheckedObjects, Intake } from '../ports.ts';
import { columnsOf, formOf } from './inspect-segment.ts';
import { readObject } from './read-object.ts';

type Ports = Pick<Intake, 'segments' | 'resources' | 'objects' | 'checked'>;

type Claimed = UploadIn<'checking', SegmentedUpload>;

/** Some of its segments are checked once more, with the keys that others have of theirs; that is decided once. */
interface Unsettled {
  readonly unsettled: Claimed;
}

/**
 * What the checked segments are together, as `inspect` says it of a file; or that some have to be checked once more,
 * because others have keys of theirs.
 * @throws as `inspect` does
 */
export async function putTogether(
  ports: Ports,
  upload: Claimed,
  tolerance: number,
  lease: Lease,
): Promise<Inspection | Unsettled> {
  const unsettled = { unsettled: { ...upload, settled: true } } satisfies Unsettled;
  const found = await ports.segments.list(upload.uploadId);
  const refusal = refusalAmong(found);
  if (refusal) return refusedAs(refusal);
  const segments = found.filter(isGood);
  const [first] = segments;
  if (!first || segments.length !== upload.segments) return unsettled;
  const columns = await columnsOf(ports, upload, first);
  if ('code' in columns) return refusedAs(columns);
  try {
    if (upload.settled !== true && (await settle(ports, upload, segments, columns, lease)) > 0) return unsettled;
  } catch (error) {
    if (error instanceof RefusedFile) return refusedAs(error.refusal);
    throw error;
  }
  return merge(ports, upload, segments, { columns, tolerance, lease });
}

const refusedAs = (refusal: UploadRefusal): Inspection => ({
  verdict: { accepted: false, refusal, reported: 0, fixable: 0 },
});

/**
 * Decides who has which key. Answers how many segments that sends to be checked again; said again after an attempt that
 * came to grief, those that were sent before are left as they are.
 */
async function settle(
  ports: Ports,
  upload: Claimed,
  segments: readonly GoodSegment[],
  columns: readonly string[],
  lease: Lease,
): Promise<number> {
  const { schema } = await formOf(ports, upload);
  const keyJudge = new KeyJudge(schema, columns);
  let again = 0;
  try {
    for (const segment of segments) {
      lease.mustHold();
      if (!segment.keys) continue;
      const key = collisionsKey(upload, segment.number);
      const writer = ports.checked.open(key);
      const found = await keyJudge.judge(readObject(ports.checked, segment.keys), writer);
      const collisions = await finish(writer, key, found > 0 && !segment.collisions);
      if (!collisions) continue;
      if (!(await ports.segments.put(toCheckAgain(segment, collisions), segment)))
        throw new Fault(`segment ${segment.number} of upload ${upload.uploadId} has changed meanwhile`);
      again += 1;
    }
  } finally {
    keyJudge.close();
  }
  return again;
}

interface Against {
  readonly columns: readonly string[];
  readonly tolerance: number;
  readonly lease: Lease;
}

async function merge(
  ports: Ports,
  upload: Claimed,
  segments: readonly GoodSegment[],
  { columns, tolerance, lease }: Against,
): Promise<Inspection> {
  const { checked } = ports;
  const { schema, format } = await formOf(ports, upload);
  const report = checked.open(reportKey(upload));
  const fixes = checked.open(fixFileKey(upload));
  try {
    const merged = await mergeSegments(
      toMerge(checked, segments, lease),
      { schema, format, columns },
      { report, fixes },
    );
    const objects = segments.flatMap(({ outcome }) => outcome.dataset ?? []);
    const result =
      merged.verdict === 'refused'
        ? merged
        : ({
            ...merged,
            columns: [...columns],
            dataset: { bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0), sha256: digestOfAll(objects) },
            datasetRows: merged.rows.accepted,
            // Each segment was held against what was announced of it, and the file is those.
            input: { bytes: upload.bytes, sha256: upload.sha256 },
          } satisfies Checked);
    const judged = judge(upload, result, tolerance);
    const verdict: Verdict = judged.accepted ? { ...judged, dataset: { ...judged.dataset, objects } } : judged;
    return {
      verdict,
      report: await finish(report, reportKey(upload), verdict.reported > 0),
      fixFile: await finish(fixes, fixFileKey(upload), verdict.accepted && verdict.fixable > 0),
    };
  } catch (fault) {
    await Promise.allSettled([report, fixes].map((writer) => writer.abort()));
    throw fault;
  }
}

async function* toMerge(checked: CheckedObjects, segments: readonly GoodSegment[], lease: Lease) {
  for (const segment of segments) {
    lease.mustHold();
    const { report, fixFile, counts, ...findings } = segment.outcome;
    const stored = (place: typeof report) => {
      if (!place) throw new Error('a segment has no file of what was found in it');
      return Promise.resolve(readObject(checked, place));
    };
    const chunks: Uint8Array[] = [];
    for await (const chunk of readObject(checked, counts)) chunks.push(chunk);
    yield {
      ...findings,
      counts: JSON.parse(Buffer.concat(chunks).toString('utf8')) as SegmentFindings['counts'],
      report: () => stored(report),
      fixes: () => stored(fixFile),
    };
  }
}
