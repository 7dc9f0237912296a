import { describe, expect, test } from '@jest/globals';
import { anotherTurn, hasBase, isLarge, turnOf } from '../../functions/intake/domain/weight.ts';
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

describe('a department’s turns at large checks', () => {
  test('are taken by segments one after the other, and by the same segment always', () => {
    expect([1, 2, 3, 4, 5, 1].map((segment) => turnOf(anId(1), segment, 4))).toEqual([1, 2, 3, 0, 1, 1]);
  });

  test('are no more than it has, and all of them are taken', () => {
    const turns = Array.from({ length: 64 }, (_, n) => turnOf(anId(n), undefined, 8));
    expect(new Set(turns)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7]));
    expect(turnOf(anId(3), undefined, 1)).toBe(0);
  });

  test('are others, and any of them, for what is sent again, unless there is but one', () => {
    const others = [0, 0.34, 0.67, 0.999].map((random) => anotherTurn(() => random)(anId(1), 2, 4));
    expect(others).toEqual([3, 0, 1, 1]);
    expect(anotherTurn(() => 0.5)(anId(1), 2, 1)).toBe(0);
  });
});
