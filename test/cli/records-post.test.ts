import { describe, expect, test } from '@jest/globals';
import { batchesOf } from '../../clients/cli/records/batches.ts';
import { recordsIn, type Placed } from '../../clients/cli/records/read-records.ts';

async function* inPieces(text: string, size = 5): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('records are read', () => {
  test.each([
    [
      'line by line',
      '{"a":"京"}\r\n\n{"a":2}',
      [
        ['line 1', { a: '京' }],
        ['line 3', { a: 2 }],
      ],
    ],
    [
      'from an array',
      ' \n[{"a":1},\n {"a":2}]\n',
      [
        ['record 1', { a: 1 }],
        ['record 2', { a: 2 }],
      ],
    ],
    ['behind a byte order mark', '\uFEFF{"a":1}', [['line 1', { a: 1 }]]],
    [
      'with numbers that JavaScript would change as texts',
      '{"a":12345678901234567890,"b":2.50,"c":1e3,"d":7,"e":"x"}',
      [['line 1', { a: '12345678901234567890', b: '2.50', c: '1e3', d: 7, e: 'x' }]],
    ],
    [
      'with nested values as they are',
      '[{"at":{"type":"Point","coordinates":[116.390000,39.9]}}]',
      [['record 1', { at: { type: 'Point', coordinates: [116.39, 39.9] } }]],
    ],
    ['where there are none', '', []],
    ['where an array is empty', '[]', []],
  ])('%s', async (_case, text, records) => {
    expect((await all(recordsIn(inPieces(text)))).map(({ place, record }) => [place, record])).toEqual(records);
  });

  test.each([
    ['no JSON', '{"a":1}\n{"a":', 'Line 2 is no record.'],
    ['no object', '{"a":1}\n17', 'Line 2 is no record.'],
    ['an array in an array', '[{"a":1},[]]', 'Record 2 is no record.'],
    ['an array that does not end', '[{"a":1}', 'The array is no record.'],
    ['an endless line', `{"a":"${'x'.repeat(9 * 1024 ** 2)}`, 'A line is longer than any record may be.'],
  ])('up to what is %s, which is told with its place', async (_case, text, what) => {
    const pieces = recordsIn(inPieces(text, 1024 ** 2));
    await expect(all(pieces)).rejects.toMatchObject({ text: { what } });
  });
});

test.each([
  ['by number', 2_500, 10, [1000, 1000, 500]],
  ['by bytes', 7, 1024 ** 2, [4, 3]],
  ['none where there are none', 0, 1, []],
])('batches are cut %s', async (_case, records, bytes, sizes) => {
  async function* placed(): AsyncGenerator<Placed> {
    for (let index = 0; index < records; index += 1)
      yield { place: `line ${index + 1}`, record: { a: 'x'.repeat(bytes) } };
  }
  expect((await all(batchesOf(placed()))).map(({ length }) => length)).toEqual(sizes);
});
