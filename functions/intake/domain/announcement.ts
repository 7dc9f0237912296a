import { MAX_ATTACHMENT_BYTES } from '../../../schemas/contracts/definition.ts';
import type { UploadId } from '../../../schemas/contracts/ids.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import {
  MAX_PUT_BYTES,
  MAX_SEGMENTED_BYTES,
  MIN_PART_BYTES,
  type AnnounceUploadBody,
  type PartDeclaration,
} from '../../../schemas/contracts/uploads.ts';
import type { ResourceHead } from '../../../schemas/stored/catalog.ts';
import type { StoredUpload, UploadIn, WholeUpload } from '../../../schemas/stored/uploads.ts';
import { digestOfAll } from '../../kernel/digest.ts';
import { after } from '../../kernel/time.ts';
import { hasSegments, UPLOADS } from '../../records/index.ts';
import { soonAfter } from './look-again.ts';
import { uploadKey } from './places.ts';

/** What one function checks within its 15 minutes, S3 giving it 75 to 100 MB/s, with a margin. */
export const MAX_FILE_BYTES = 50 * 1024 ** 3;

/**
 * What fits the function's own disk (10 GiB) and leaves room for keys: files that are not read in one pass, and edits,
 * which wait there for the dataset that they are merged into.
 */
export const MAX_SPOOLED_BYTES = 4 * 1024 ** 3;

const PUT_SECONDS = 3600;
const MULTIPART_SECONDS = 7 * 86_400;

/** The rules that an announcement breaks; limits are S3's (https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html). */
export function announcementProblems(body: AnnounceUploadBody): Violation[] {
  const { bytes, parts, segments } = body;
  const problems: Violation[] = combinationProblems(body);
  const most = mostBytes(body);
  if (bytes < 1) problems.push({ path: '/bytes', rule: 'minimum', message: 'a file has at least 1 byte' });
  if (bytes > most)
    problems.push({ path: '/bytes', rule: 'maximum', message: `such a file has at most ${most} bytes` });
  if (segments) return [...problems, ...segmentProblems(body, segments)];
  if (!parts) {
    if (bytes > MAX_PUT_BYTES)
      problems.push({
        path: '/bytes',
        rule: 'parts',
        message: `one PUT takes at most ${MAX_PUT_BYTES} bytes: declare parts`,
      });
    return problems;
  }
  const sum = parts.reduce((total, part) => total + part.bytes, 0);
  if (sum !== bytes)
    problems.push({ path: '/parts', rule: 'sum', message: `the parts have ${sum} bytes together, the file ${bytes}` });
  return [...problems, ...parts.flatMap((part, index) => partProblems(part, index, parts.length))];
}

function mostBytes(body: AnnounceUploadBody): number {
  if (body.segments) return MAX_SEGMENTED_BYTES;
  if (body.name !== undefined) return MAX_ATTACHMENT_BYTES;
  return isSpooled(body) ? MAX_SPOOLED_BYTES : MAX_FILE_BYTES;
}

const isSpooled = ({ content, format }: AnnounceUploadBody): boolean =>
  content !== 'snapshot' || !UPLOADS[format].isText;

/** What does not go together. */
function combinationProblems(body: AnnounceUploadBody): Violation[] {
  const { content, format, sheet, fixes, parts, segments } = body;
  const problems: Violation[] = attachmentProblems(body);
  const isWhole = content === 'snapshot' && fixes === undefined && !parts;
  if (segments && !(isWhole && hasSegments(format)))
    problems.push({
      path: '/segments',
      rule: 'combination',
      message: 'segments are of a snapshot in the format csv or ndjson, without parts',
    });
  if (sheet !== undefined && !UPLOADS[format].hasSheets)
    problems.push({ path: '/sheet', rule: 'format', message: 'only a file in the format xlsx has sheets' });
  if (fixes !== undefined && content !== 'snapshot')
    problems.push({ path: '/content', rule: 'fixes', message: 'mended records join a dataset: leave content out' });
  if (fixes !== undefined && format !== 'csv' && format !== 'xlsx')
    problems.push({ path: '/format', rule: 'fixes', message: 'a mended fix-file is csv, as it was given, or xlsx' });
  return problems;
}

/** Attachments are found out by their bytes, and are no records. */
function attachmentProblems({ content, format, sheet, name }: AnnounceUploadBody): Violation[] {
  if (content !== 'attachments') {
    const message = 'only an attachment has a name: give "content": "attachments", or leave it out';
    return name === undefined ? [] : [{ path: '/name', rule: 'combination', message }];
  }
  const message = 'attachments have neither sheets nor a format of records: leave it out';
  return [
    ...(format === 'csv' || format === 'auto' ? [] : [{ path: '/format', rule: 'combination', message }]),
    ...(sheet === undefined ? [] : [{ path: '/sheet', rule: 'combination', message }]),
  ];
}

export const noAttachments: Violation = {
  path: '/content',
  rule: 'no-attachments',
  message: 'no field of the resource names attachments: publish a version in which one has "reference": "attachment"',
};

export const noPrimaryKey = (path: string): Violation => ({
  path,
  rule: 'no-primary-key',
  message: 'the resource has no primary key by which edits could name their records',
});

function segmentProblems({ bytes, sha256 }: AnnounceUploadBody, segments: readonly PartDeclaration[]): Violation[] {
  const problems = segments.flatMap((segment, index): Violation[] =>
    segment.bytes > MAX_PUT_BYTES
      ? [
          {
            path: `/segments/${index}/bytes`,
            rule: 'maximum',
            message: `a segment has at most ${MAX_PUT_BYTES} bytes`,
          },
        ]
      : [],
  );
  const sum = segments.reduce((total, segment) => total + segment.bytes, 0);
  if (sum !== bytes) {
    const message = `the segments have ${sum} bytes together, the file ${bytes}`;
    problems.push({ path: '/segments', rule: 'sum', message });
  }
  if (digestOfAll(segments) !== sha256) {
    const message = 'sha256 is the SHA-256 of the raw digests of the segments, one behind the other';
    problems.push({ path: '/sha256', rule: 'digest', message });
  }
  return problems;
}

function partProblems(part: PartDeclaration, index: number, count: number): Violation[] {
  const path = `/parts/${index}/bytes`;
  if (part.bytes > MAX_PUT_BYTES)
    return [{ path, rule: 'maximum', message: `a part has at most ${MAX_PUT_BYTES} bytes` }];
  if (part.bytes < MIN_PART_BYTES && index < count - 1)
    return [{ path, rule: 'minimum', message: `every part but the last has at least ${MIN_PART_BYTES} bytes` }];
  return [];
}

export interface Announcing {
  readonly uploadId: UploadId;
  readonly session: string;
  readonly at: string;
  /** S3's id of the multipart upload that takes the declared parts. */
  readonly multipartId?: string | undefined;
  /** The upload whose records are mended. */
  readonly linked?: Pick<StoredUpload, 'resourceVersion'> | undefined;
}

/** The upload as it begins: next in the order of its resource's uploads, bound to its newest version; mended records, to that of the others. */
export function announced(
  { segments, ...body }: AnnounceUploadBody,
  head: ResourceHead,
  announcing: Announcing,
): UploadIn<'awaiting'> {
  if (!segments) return announcedWhole(body, head, announcing);
  return { ...begun(body, head, announcing, MULTIPART_SECONDS), segments: segments.length, pieces: segments };
}

/** The same of one that comes as one object. */
export function announcedWhole(
  { parts, ...body }: Omit<AnnounceUploadBody, 'segments'>,
  head: ResourceHead,
  announcing: Announcing,
): UploadIn<'awaiting', WholeUpload> {
  const { multipartId } = announcing;
  return {
    ...begun(body, head, announcing, parts ? MULTIPART_SECONDS : PUT_SECONDS),
    ...(parts && multipartId !== undefined && { multipart: { id: multipartId, parts } }),
  };
}

const begun = (
  declared: Omit<AnnounceUploadBody, 'parts' | 'segments'>,
  head: ResourceHead,
  { uploadId, session, at, linked }: Announcing,
  seconds: number,
) =>
  ({
    ...declared,
    ...(declared.content === 'attachments' && { format: 'auto' as const }),
    uploadId,
    resourceVersion: linked?.resourceVersion ?? head.latestVersion,
    provider: head.provider,
    sequence: head.lastSequence + 1,
    state: 'awaiting',
    announcedAt: at,
    expiresAt: after(at, { seconds }),
    key: uploadKey(head.provider, uploadId),
    session,
    epoch: 0,
    lookAgainAt: soonAfter('awaiting', at, at),
  }) as const;
