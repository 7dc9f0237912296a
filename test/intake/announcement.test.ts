import { describe, expect, test } from '@jest/globals';
import { announced, announcementProblems, MAX_FILE_BYTES } from '../../functions/intake/domain/announcement.ts';
import { AnnounceUploadBody, MAX_PUT_BYTES, MIN_PART_BYTES, StoredUpload } from '../../schemas/contracts/uploads.ts';
import { aResource, anId, instant, sha256 } from '../support/builders.ts';

const MiB = 1024 ** 2;
const body = (changes: object): AnnounceUploadBody =>
  AnnounceUploadBody.parse({ resourceId: 'legal-entities', bytes: 10, sha256, ...changes });
const parts = (...sizes: number[]) => ({
  bytes: sizes.reduce((sum, size) => sum + size, 0),
  parts: sizes.map((bytes) => ({ bytes, sha256 })),
});

describe('an announcement that keeps the rules', () => {
  test.each([
    ['one byte', { bytes: 1 }],
    ['the most that one PUT takes', { bytes: MAX_PUT_BYTES }],
    ['a single small part', parts(3)],
    ['parts of the least size, the last smaller', parts(MIN_PART_BYTES, MIN_PART_BYTES, 1)],
    ['parts of the greatest size', parts(MAX_PUT_BYTES, MAX_PUT_BYTES)],
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
    ['parts that are fewer bytes than the file', { ...parts(6 * MiB, 5), bytes: 6 * MiB + 6 }, '/parts', 'sum'],
    ['a small part that is not the last', parts(6 * MiB, MIN_PART_BYTES - 1, 6 * MiB), '/parts/1/bytes', 'minimum'],
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

test('a multipart upload has a week, and keeps what was declared of its parts', () => {
  const declared = body(parts(MIN_PART_BYTES, 9));
  const upload = announced(declared, aResource(), { ...announcing, multipartId: 'm1' });
  expect(StoredUpload.parse(upload)).toMatchObject({
    expiresAt: '2026-12-08T01:00:00.000Z',
    multipart: { id: 'm1', parts: declared.parts },
  });
});
