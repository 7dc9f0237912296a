import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SegmentCutter } from '../../clients/cli/upload/sending/segment-cutter.ts';
import { cutsFor } from '../../clients/cli/upload/sending/segment-plan.ts';

const MiB = 1024 ** 2;
const csv = { content: 'snapshot', format: 'csv', fixes: undefined } as const;

function pieces(text: string, size: number, hasQuotes: boolean, chunk = 3): string[] {
  const cutter = new SegmentCutter(size, hasQuotes);
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += chunk) cutter.take(bytes.subarray(from, from + chunk));
  const found: string[] = [];
  let at = 0;
  for (const { bytes: length, sha256 } of cutter.finish()) {
    const piece = bytes.subarray(at, at + length);
    expect(sha256).toBe(createHash('sha256').update(piece).digest('base64'));
    found.push(piece.toString());
    at += length;
  }
  return found;
}

describe('a file is cut', () => {
  test.each([
    ['behind the record that is long enough', 'a,b\n1,2\n3,4\n', 5, true, ['a,b\n1,2\n', '3,4\n']],
    ['where a record just ends', 'a,b\n1,2\n3,4\n', 4, true, ['a,b\n', '1,2\n', '3,4\n']],
    ['outside quotes', 'a\n"1\n2"\n3\n', 3, true, ['a\n"1\n2"\n', '3\n']],
    ['where doubled quotes are quotes', 'a\n"1""\n2"\n3\n', 3, true, ['a\n"1""\n2"\n', '3\n']],
    ['in NDJSON, whatever the quotes', '{"a":"\\""}\n{"a":1}\n', 3, false, ['{"a":"\\""}\n', '{"a":1}\n']],
    ['without a line break at its end', 'a\n1\n2', 2, true, ['a\n', '1\n', '2']],
    ['not at all where it is a single record', 'abcdef', 2, true, ['abcdef']],
  ])('%s', (_, text, size, hasQuotes, expected) => expect(pieces(text, size, hasQuotes)).toEqual(expected));

  test('behind a quote that was left open, once no record can be that long', () => {
    const rest = 'x,y\n'.repeat(600_000);
    expect(pieces(`a,b\n"1,2\n${rest}`, 10, true, 65_536).length).toBeGreaterThan(100);
  });

  test('alike however it is read', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a,', '"b\n', '"', '\n', '""', '\r\n'), { maxLength: 30 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (parts, size, chunk) => {
          const text = parts.join('');
          expect(pieces(text, size, true, chunk)).toEqual(pieces(text, size, true, 1000));
          expect(pieces(text, size, true, chunk).join('')).toBe(text);
        },
      ),
    );
  });
});

test.each([
  ['not asked for', 10 * MiB, csv, {}, undefined],
  ['too small for two', 3 * MiB, csv, { segmentSize: 2 }, undefined],
  ['large enough', 4 * MiB, csv, { segmentSize: 2 }, { segmentBytes: 2 * MiB, hasQuotes: true }],
  ['NDJSON', 4 * MiB, { ...csv, format: 'ndjson' }, { segmentSize: 2 }, { segmentBytes: 2 * MiB, hasQuotes: false }],
] as const)('segments of a file that is %s', (_, bytes, kind, asked, cuts) => {
  expect(cutsFor(bytes, kind, asked)).toEqual(cuts);
});
test.each([
  ['parts, too', csv, { segmentSize: 2, partSize: 5 }],
  ['changes', { ...csv, content: 'changes' }, { segmentSize: 2 }],
  ['a workbook', { ...csv, format: 'xlsx' }, { segmentSize: 2 }],
  ['mended records', { ...csv, fixes: 'x' }, { segmentSize: 2 }],
  ['too many of them', csv, { segmentSize: 1 }],
] as const)('it is wrong usage to ask for segments of %s', (_, kind, asked) => {
  expect(() => cutsFor(2000 * MiB, kind, asked)).toThrow();
});
