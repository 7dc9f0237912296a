import type { UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import type { Place, SegmentOutcome, StoredSegment } from '../../../schemas/stored/segments.ts';
import type { SegmentedUpload } from '../../../schemas/stored/uploads.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Lease } from '../../kernel/hold-lease.ts';
import {
  checkSegment,
  hasSegments,
  readColumns,
  type SegmentOptions,
  type SegmentResult,
} from '../../records/index.ts';
import { finish, whileLeased } from '../check/inspect.ts';
import { otherBytes } from '../domain/judge.ts';
import { segmentKey, segmentPlaces } from '../domain/places.ts';
import { segmentCut, type ClaimedSegment } from '../domain/segment.ts';
import type { Intake, ObjectWriter } from '../ports.ts';
import { readObject } from './read-object.ts';

type Ports = Pick<Intake, 'resources' | 'objects' | 'checked'>;

export interface SegmentInspection {
  readonly outcome: SegmentOutcome;
  readonly keys?: Place | undefined;
}

const refused = (refusal: UploadRefusal): SegmentInspection => ({ outcome: { refusal } });

/** One pass over a segment's bytes, into places of this attempt's own. @throws as `inspect` does */
export async function inspectSegment(
  ports: Ports,
  upload: SegmentedUpload,
  segment: ClaimedSegment,
  first: StoredSegment,
  lease: Lease,
): Promise<SegmentInspection> {
  const declared = upload.pieces[segment.number - 1];
  if (!declared) throw new Fault(`upload ${upload.uploadId} has no segment ${segment.number}`);
  const other = otherBytes(declared, { bytes: segment.object.bytes });
  if (other) return refused(other);
  const options = await optionsOf(ports, upload, segment, first);
  if ('code' in options) return refused(options);

  const input = await ports.objects.read(segmentKey(upload, segment.number), segment.object.versionId);
  const places = segmentPlaces(upload, segment);
  const { checked } = ports;
  const writers = {
    dataset: checked.open(places.dataset),
    report: checked.open(places.report),
    fixFile: checked.open(places.fixFile),
    keys: checked.open(places.keys),
    counts: checked.open(places.counts),
  };
  try {
    const { dataset: accepted, report, fixFile: fixes, keys } = writers;
    const result = await checkSegment(whileLeased(input, lease), options, { accepted, report, fixes, keys });
    const refusal = refusalOf(result) ?? (result.verdict === 'checked' && otherBytes(declared, result.input));
    if (refusal || result.verdict !== 'checked') {
      await abort(writers);
      return refused(refusal || segmentCut);
    }
    return await kept(result, writers, places);
  } catch (fault) {
    await abort(writers);
    throw fault;
  }
}

type Writers = Readonly<Record<keyof ReturnType<typeof segmentPlaces>, ObjectWriter>>;

const abort = (writers: Writers) => Promise.allSettled(Object.values(writers).map((writer) => writer.abort()));

const refusalOf = (result: SegmentResult): UploadRefusal | undefined =>
  result.verdict === 'refused' ? result.refusal : result.verdict === 'cut' ? segmentCut : undefined;

async function kept(
  { rows, violationsTotal, reported, fixable, lines, blankLines, counts, dataset, keys }: Checked,
  writers: Writers,
  places: ReturnType<typeof segmentPlaces>,
): Promise<SegmentInspection> {
  await writers.counts.write(Buffer.from(JSON.stringify(counts)));
  const hasDataset = dataset.bytes > 0;
  const written = await finish(writers.dataset, places.dataset, hasDataset, hasDataset ? dataset.bytes : undefined);
  const report = await finish(writers.report, places.report, reported > 0);
  const fixFile = await finish(writers.fixFile, places.fixFile, fixable > 0);
  const outcome: SegmentOutcome = {
    rows,
    violationsTotal,
    reported,
    fixable,
    lines,
    blankLines,
    counts: { key: places.counts, versionId: (await writers.counts.close()).versionId },
    ...(written && { dataset: { ...written, ...dataset } }),
    ...(report && { report }),
    ...(fixFile && { fixFile }),
  };
  return { outcome, keys: await finish(writers.keys, places.keys, keys.bytes > 0) };
}

type Checked = Extract<SegmentResult, { verdict: 'checked' }>;

async function optionsOf(
  ports: Ports,
  upload: SegmentedUpload,
  { number, collisions }: ClaimedSegment,
  first: StoredSegment,
): Promise<SegmentOptions | UploadRefusal> {
  const { schema, format, encoding } = await formOf(ports, upload);
  const isFirst = number === 1;
  const columns = isFirst ? undefined : await columnsOf(ports, upload, first);
  if (columns && 'code' in columns) return columns;
  return {
    schema,
    format,
    encoding,
    isFirst,
    isLast: number === upload.segments,
    columns,
    collisions: collisions && readObject(ports.checked, collisions),
  };
}

/** What the records of all segments have in common. */
export async function formOf({ resources }: Pick<Ports, 'resources'>, upload: SegmentedUpload) {
  const { resourceId, resourceVersion, format, encoding } = upload;
  if (!hasSegments(format)) throw new Fault(`a file of the format ${format} has no segments`);
  const version = await resources.version(resourceId, resourceVersion);
  if (!version) throw new Fault(`version ${resourceVersion} of resource ${resourceId} is gone`);
  return { schema: version.definition.schema, format, encoding };
}

/** The columns of the file, from the beginning of its first segment. */
export async function columnsOf(
  ports: Pick<Ports, 'resources' | 'objects'>,
  upload: SegmentedUpload,
  { object }: StoredSegment,
): Promise<readonly string[] | UploadRefusal> {
  return readColumns(await ports.objects.read(segmentKey(upload, 1), object.versionId), await formOf(ports, upload));
}
