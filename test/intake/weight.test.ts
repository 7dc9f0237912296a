import { describe, expect, test } from '@jest/globals';
import { hasBase, isLarge } from '../../functions/intake/domain/weight.ts';
import { anId } from '../support/builders.ts';
import { anUpload, type UploadChanges } from './an-upload.ts';

const MiB = 1024 * 1024;
const piece = (bytes: number) => ({ bytes, sha256: '' });
const inPieces = { bytes: 100 * MiB, segments: 2, pieces: [piece(99 * MiB), piece(1 * MiB)] };

describe('a check', () => {
  test.each<[string, UploadChanges, number | undefined, number, boolean]>([
    ['of a small file', { bytes: 8 * MiB }, undefined, 0, false],
    ['of a large file', { bytes: 8 * MiB + 1 }, undefined, 0, true],
    ['of a sheet that unpacks to much', { bytes: 2 * MiB, format: 'xlsx' }, undefined, 0, true],
    ['of a small sheet', { bytes: 1 * MiB, format: 'xlsx' }, undefined, 0, false],
    ['of a file that may be a sheet', { bytes: 2 * MiB, format: 'auto' }, undefined, 0, true],
    [
      'of one record on a small dataset',
      { bytes: 30, content: 'changes', format: 'ndjson' },
      undefined,
      7 * MiB,
      false,
    ],
    ['of one record on a large dataset', { bytes: 30, content: 'changes', format: 'ndjson' }, undefined, 9 * MiB, true],
    ['of a large segment', inPieces, 1, 0, true],
    ['of a small segment', inPieces, 2, 0, false],
    ['of segments that are put together', inPieces, undefined, 0, true],
  ])('%s takes a large place, or not', (_, changes, segment, base, expected) => {
    expect(isLarge(anUpload(changes), segment, base)).toBe(expected);
  });

  test.each<[UploadChanges, boolean]>([
    [{ content: 'snapshot' }, false],
    [{ content: 'changes' }, true],
    [{ fixes: anId(1) }, true],
  ])('reads another dataset beside its own file, or not: %j', (changes, expected) => {
    expect(hasBase(anUpload(changes))).toBe(expected);
  });
});
