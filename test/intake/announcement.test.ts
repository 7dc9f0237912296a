import { describe, expect, test } from '@jest/globals';
import {
  announced,
  announcementProblems,
  MAX_FILE_BYTES,
  MAX_SPOOLED_BYTES,
} from '../../functions/intake/domain/announcement.ts';
import { digestOfAll } from '../../functions/kernel/digest.ts';
import {
  AnnounceUploadBody,
  MAX_PUT_BYTES,
  MAX_SEGMENTED_BYTES,
  MIN_PART_BYTES,
} from '../../schemas/contracts/uploads.ts';
import { StoredUpload } from '../../schemas/stored/uploads.ts';
import { aResource, anId, instant, sha256 } from '../support/builders.ts';

const MiB = 1024 ** 2;
const body = (changes: object): AnnounceUploadBody =>
  AnnounceUploadBody.parse({ resourceId: 'legal-entities', bytes: 10, sha256, ...changes });
const parts = (...sizes: number[]) => ({
  bytes: sizes.reduce((sum, size) => sum + size, 0),
  parts: sizes.map((bytes) => ({ bytes, sha256 })),
});

const segments = (...sizes: number[]) => {
  const declared = sizes.map((bytes) => ({ bytes, sha256 }));
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), segments: declared, sha256: digestOfAll(declared) };
};
/** Together `MAX_SEGMENTED_BYTES`. */
const largest = Array.from({ length: 205 }, (_, index) => (index < 204 ? MAX_PUT_BYTES : 4 * 1024 ** 3));

/** What is not read in one pass. */
const spooled = [{ format: 'xlsx' }, { format: 'parquet' }, { format: 'auto' }, { content: 'changes' }];

describe('an announcement that keeps the rules', () => {
  test.each([
    ['one byte', { bytes: 1 }],
    ['the most that one PUT takes', { bytes: MAX_PUT_BYTES }],
    ['a single small part', parts(3)],
    ['parts of the least size, the last smaller', parts(MIN_PART_BYTES, MIN_PART_BYTES, 1)],
    ['parts of the greatest size', parts(MAX_PUT_BYTES, MAX_PUT_BYTES)],
    ['a sheet of a workbook', { format: 'xlsx', sheet: '2026' }],
    ['a sheet of what may be a workbook', { format: 'auto', sheet: '2026' }],
    ['changes', { content: 'changes', format: 'parquet' }],
    ['mended records', { fixes: anId(1) }],
    ...spooled.map((declared) => ['the largest of its kind', { ...declared, bytes: MAX_SPOOLED_BYTES }] as const),
    ['the largest NDJSON', { format: 'ndjson', ...parts(...Array.from({ length: 10 }, () => MAX_FILE_BYTES / 10)) }],
    ['two segments of one byte', segments(1, 1)],
    ['segments of NDJSON', { format: 'ndjson', encoding: 'gb18030', ...segments(5, 6) }],
    ['as much as segments take', { ...segments(...largest), bytes: MAX_SEGMENTED_BYTES }],
    ['the largest file', parts(...Array.from({ length: 10 }, () => MAX_FILE_BYTES / 10))],
  ])('%s', (_, changes) => expect(announcementProblems(body(changes))).toEqual([]));
});

describe('an announcement that breaks a rule', () => {
  test.each([
    ['an empty file', { bytes: 0 }, '/bytes', 'minimum'],
    ['one PUT larger than S3 takes', { bytes: MAX_PUT_BYTES + 1 }, '/bytes', 'parts'],
    [
      'a file that cannot be checked in one go',
      parts(...Array.from({ length: 11 }, () => MAX_PUT_BYTES)),
      '/bytes',
      'maximum',
    ],
    ['a sheet of what has none', { format: 'csv', sheet: '2026' }, '/sheet', 'format'],
    ['mended records as changes', { content: 'changes', fixes: anId(1) }, '/content', 'fixes'],
    ['mended records in another format', { format: 'ndjson', fixes: anId(1) }, '/format', 'fixes'],
    ...spooled.map(
      (declared) =>
        ['one too large of its kind', { ...declared, bytes: MAX_SPOOLED_BYTES + 1 }, '/bytes', 'maximum'] as const,
    ),
    ['parts that are fewer bytes than the file', { ...parts(6 * MiB, 5), bytes: 6 * MiB + 6 }, '/parts', 'sum'],
    ['a small part that is not the last', parts(6 * MiB, MIN_PART_BYTES - 1, 6 * MiB), '/parts/1/bytes', 'minimum'],
    ['segments that are fewer bytes than the file', { ...segments(5, 6), bytes: 12 }, '/segments', 'sum'],
    ['the digest of the bytes of segments', { ...segments(5, 6), sha256 }, '/sha256', 'digest'],
    ['a segment larger than S3 takes', segments(1, MAX_PUT_BYTES + 1), '/segments/1/bytes', 'maximum'],
    ['more than segments take', segments(...largest, 1), '/bytes', 'maximum'],
    ['segments of changes', { content: 'changes', ...segments(5, 6) }, '/segments', 'combination'],
    ['segments of a workbook', { format: 'xlsx', ...segments(5, 6) }, '/segments', 'combination'],
    ['segments in parts', { ...segments(5, 6), parts: [{ bytes: 11, sha256 }] }, '/segments', 'combination'],
    ['segments of mended records', { fixes: anId(1), ...segments(5, 6) }, '/segments', 'combination'],
    ['a part larger than S3 takes', parts(MAX_PUT_BYTES + 1, 5), '/parts/0/bytes', 'maximum'],
  ])('%s', (_, changes, path, rule) => {
    expect(announcementProblems(body(changes))).toEqual([{ path, rule, message: expect.any(String) }]);
  });
});

const uploadId = anId(7);
const announcing = { uploadId, session: 'clerk-7', at: instant };

test('an upload is bound to the newest resource version and takes the next number of its resource', () => {
  const upload = announced(body({}), aResource({ latestVersion: 3, lastSequence: 41 }), announcing);
  expect(StoredUpload.parse(upload)).toMatchObject({
    resourceVersion: 3,
    sequence: 42,
    provider: 'quality',
    state: 'awaiting',
    epoch: 0,
    key: `uploads/quality/${uploadId}`,
    announcedAt: instant,
    expiresAt: '2026-12-01T02:00:00.000Z',
    lookAgainAt: '2026-12-01T01:02:00.000Z',
  });
});

test('an upload says what comes', () => {
  const declared = body({ content: 'changes', format: 'xlsx', sheet: '2026', encoding: 'gb18030' });
  expect(StoredUpload.parse(announced(declared, aResource(), announcing))).toMatchObject({
    content: 'changes',
    format: 'xlsx',
    sheet: '2026',
    encoding: 'gb18030',
  });
});

test('an upload in segments has a week, and keeps what was declared of them', () => {
  const declared = body(segments(7, 9));
  expect(StoredUpload.parse(announced(declared, aResource(), announcing))).toMatchObject({
    expiresAt: '2026-12-08T01:00:00.000Z',
    segments: 2,
    pieces: declared.segments,
  });
});

test('a multipart upload has a week, and keeps what was declared of its parts', () => {
  const declared = body(parts(MIN_PART_BYTES, 9));
  const upload = announced(declared, aResource(), { ...announcing, multipartId: 'm1' });
  expect(StoredUpload.parse(upload)).toMatchObject({
    expiresAt: '2026-12-08T01:00:00.000Z',
    multipart: { id: 'm1', parts: declared.parts },
  });
});
