import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { batchesOf } from '../../clients/cli/records/batches.ts';
import { recordsIn, type Placed } from '../../clients/cli/records/read-records.ts';
import type { Upload } from '../../schemas/contracts/uploads.ts';
import { City } from '../support/city.ts';
import { startHub, type RunningHub } from '../support/hub.ts';
import { Recording } from './recording.ts';
import { Desk } from './upload-desk.ts';

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

describe('to a hub', () => {
  let running: RunningHub;
  let city: City;
  let desk: Desk;
  beforeAll(async () => {
    running = await startHub();
    city = await City.of(running);
    desk = await Desk.of(running, 'surveying');
    await city.publish('surveying', 'meters', {
      title: '水表',
      titleEn: 'Water meters',
      provider: 'surveying',
      shareType: 'unconditional',
      tolerance: 0.5,
      schema: {
        primaryKey: ['code'],
        fields: [
          { name: 'code', type: 'integer' },
          { name: 'reading', type: 'number', constraints: { minimum: 0 } },
        ],
      },
    });
    await city.publish('surveying', 'notes', {
      title: '便条',
      provider: 'surveying',
      shareType: 'unconditional',
      schema: { fields: [{ name: 'text', type: 'string' }] },
    });
  });
  afterAll(async () => {
    await desk?.leave();
    await city?.leave();
    await running?.stop();
  });

  const rows = async () =>
    (await city.as('surveying').get<{ items: { rows: number }[] }>('/v1/resources/meters/datasets')).items[0]?.rows;

  test('go in batches, each an upload, and commit in their order', async () => {
    const lines = Array.from({ length: 2_001 }, (_, index) => JSON.stringify({ code: index % 2_000, reading: index }));
    await desk.put('meters.ndjson', lines.join('\n'));
    const { code, out, err } = await desk.hub('--json records post meters meters.ndjson --wait');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { records, uploads } = JSON.parse(out) as { records: number; uploads: Upload[] };
    expect({ records, read: uploads.map(({ state, rows: counts }) => [state, counts?.read]) }).toEqual({
      records: 2_001,
      read: [
        ['accepted', 1000],
        ['accepted', 1000],
        ['accepted', 1],
      ],
    });
    expect(await rows()).toBe(2_000);
  });

  test('and what becomes of them looks as recorded', async () => {
    const recording = new Recording(desk.terminal);
    await desk.put(
      'new.json',
      '[{"code": 7, "reading": 2.50}, {"code": 8, "reading": -1}, {"_op": "delete", "code": 9}]',
    );
    await desk.put('many.ndjson', Array.from({ length: 1_001 }, (_, code) => JSON.stringify({ code })).join('\n'));
    await desk.put('keyless.ndjson', '{"code": 1}\n\n{"reading": 5}\n');
    await desk.put('broken.ndjson', '{"code": 1}\n{code: 2}\n');
    await recording.type('surveying', 'records post meters new.json --wait', 0);
    await recording.type('surveying', 'records post meters new.json --wait --strict --records 0', 4);
    await recording.type('surveying', 'records post meters new.json', 0);
    await recording.type('surveying', 'records post meters many.ndjson --wait', 0);
    await recording.type('surveying', '--lang zh records post meters many.ndjson', 0);
    await recording.type('surveying', 'records post meters keyless.ndjson', 1);
    await recording.type('surveying', 'records post meters broken.ndjson', 1);
    await recording.type('surveying', 'records post notes new.json', 1);
    await recording.type('press', 'records post meters new.json', 1);
    await recording.type('surveying', 'records post meters nothing.ndjson', 2);
    await recording.matches('records-post');
    expect(await rows()).toBe(2_000);
  });

  test('come from standard input, too', async () => {
    const input = '{"code": 5000, "reading": 12345678901234567890.5}';
    const { code } = await desk.terminal.hub('records post meters - --wait', { input });
    expect([code, await rows()]).toEqual([0, 2_001]);
    expect(await desk.hub('records post meters -')).toMatchObject({
      code: 1,
      err: expect.stringContaining('There are no records.'),
    });
  });
});
