import { describe, expect, test } from '@jest/globals';
import { judge, otherBytes } from '../../functions/intake/domain/judge.ts';
import type { CheckResult } from '../../functions/records/index.ts';
import { sha256 } from '../support/builders.ts';
import { anUpload, digest } from './an-upload.ts';

type Checked = Extract<CheckResult, { verdict: 'checked' }>;

const declared = anUpload({ bytes: 100, sha256 });
const violations = [{ field: 'name', rule: 'required', count: 1, firstLine: 3 }];
const checked = (read: number, rejected: number, input: Partial<Checked['input']> = {}): Checked => ({
  verdict: 'checked',
  rows: { read, accepted: read - rejected, rejected },
  violations,
  violationsTotal: rejected,
  reported: rejected,
  fixable: rejected,
  baseRows: 0,
  datasetRows: 3,
  extracts: [],
  columns: ['org_code', 'name'],
  input: { bytes: 100, sha256, ...input },
  dataset: { bytes: 60, sha256: digest('dataset') },
});

describe('a file whose records were checked', () => {
  test.each([
    ['no rejected record', 100, 0, 0],
    ['as many rejected as are tolerated', 100, 5, 0.05],
    ['a share that floating point multiplication would misjudge', 100, 29, 0.29],
    ['all rejected where that is tolerated', 7, 7, 1],
  ])('is accepted: %s', (_, read, rejected, tolerance) => {
    expect(judge(declared, checked(read, rejected), tolerance)).toEqual({
      accepted: true,
      dataset: { columns: ['org_code', 'name'], rows: 3, bytes: 60, sha256: digest('dataset') },
      file: sha256,
      rows: { read, accepted: read - rejected, rejected },
      violations,
      reported: rejected,
      fixable: rejected,
    });
  });

  test.each([
    ['one record too many', 100, 6, 0.05],
    ['one rejected where none is tolerated', 1_000_000, 1, 0],
  ])('is refused with its report: %s', (_, read, rejected, tolerance) => {
    expect(judge(declared, checked(read, rejected), tolerance)).toMatchObject({
      accepted: false,
      refusal: { code: 'too-many-rejections' },
      rows: { read, accepted: read - rejected, rejected },
      violations,
      reported: rejected,
      file: sha256,
    });
  });

  test('the refusal says how many, which share, what is tolerated and where the report is', () => {
    const verdict = judge(declared, checked(1000, 51), 0.05);
    const detail = verdict.accepted ? '' : verdict.refusal.detail;
    for (const said of ['51 of 1000', '5.1 %', '5 %', `/v1/uploads/${declared.uploadId}`])
      expect(detail).toContain(said);
  });

  test.each([
    ['other length', { bytes: 99 }, 'length-mismatch'],
    ['other length and digest', { bytes: 99, sha256: digest('x') }, 'length-mismatch'],
    ['other digest', { sha256: digest('x') }, 'digest-mismatch'],
  ])('is refused before anything that was found in it: %s', (_, input, code) => {
    expect(judge(declared, checked(100, 100, input), 0)).toMatchObject({
      accepted: false,
      refusal: { code },
      reported: 0,
    });
  });

  test('is refused without records', () => {
    expect(judge(declared, checked(0, 0), 1)).toMatchObject({ accepted: false, refusal: { code: 'empty' } });
  });
});

test('what the engine refused stays refused, for its reason', () => {
  const refusal = { code: 'header' as const, detail: 'unknown column x' };
  expect(judge(declared, { verdict: 'refused', refusal }, 1)).toEqual({
    accepted: false,
    refusal,
    reported: 0,
    fixable: 0,
  });
});

test.each([
  ['the announced bytes', { bytes: 100, sha256 }, undefined],
  ['the announced length, not yet read', { bytes: 100 }, undefined],
  ['fewer bytes, not yet read', { bytes: 99 }, 'length-mismatch'],
])('bytes that arrived are compared with the announcement: %s', (_, found, code) =>
  expect(otherBytes(declared, found)?.code).toBe(code),
);

test.each([0, 21, 22, 42])('bytes whose digest is another in one character are other bytes: %d', (index) => {
  const other = `${sha256.slice(0, index)}${sha256[index] === 'A' ? 'Q' : 'A'}${sha256.slice(index + 1)}`;
  expect(otherBytes(declared, { bytes: 100, sha256: other })?.code).toBe('digest-mismatch');
});
