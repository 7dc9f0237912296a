import { hasSegments, UPLOADS } from '../../../../functions/records/formats/natures.ts';
import { MAX_SEGMENTS } from '../../../../schemas/contracts/uploads.ts';
import { exit, Failure, wrongUsage } from '../../terminal/failure.ts';
import type { SegmentCuts } from './digest.ts';
import type { FileKind } from '../checking/file-kind.ts';
import { partBytesFor } from './part-plan.ts';

const MiB = 1024 ** 2;

interface Kind extends Pick<FileKind, 'content' | 'format'> {
  readonly fixes: string | undefined;
}

/** How a file is cut: into segments where that was asked for and it is large enough for two, else as parts, or not. */
export function cutsFor(
  fileBytes: number,
  { content, format, fixes }: Kind,
  { partSize, segmentSize }: { readonly partSize?: number; readonly segmentSize?: number },
): number | SegmentCuts | undefined {
  if (segmentSize === undefined) return partBytesFor(fileBytes, partSize);
  if (partSize !== undefined) throw wrongUsage('A file goes in parts or in segments.', 'Leave one of the options out.');
  if (content === 'changes' || fixes !== undefined || !hasSegments(format))
    throw wrongUsage('Only a whole resource in CSV or NDJSON goes in segments.', 'Leave --segment-size out.');
  const segmentBytes = segmentSize * MiB;
  if (fileBytes < 2 * segmentBytes) return partBytesFor(fileBytes);
  if (fileBytes > MAX_SEGMENTS * segmentBytes) throw tooMany(fileBytes, segmentSize);
  return { segmentBytes, hasQuotes: UPLOADS[format].segments.hasQuotes };
}

const tooMany = (fileBytes: number, asked: number) =>
  new Failure({
    what: `Segments of ${asked} MiB are too small for this file.`,
    why: `A file goes in at most ${MAX_SEGMENTS} segments.`,
    next: [`--segment-size ${Math.ceil(fileBytes / MAX_SEGMENTS / MiB)} or more.`],
    exit: exit.usage,
  });
