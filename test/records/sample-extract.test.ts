import { describe, expect, test } from '@jest/globals';
import { sampleExtract, writeExtracts } from '../../functions/records/index.ts';
import { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import type { ExtractSpec } from '../../schemas/contracts/messages.ts';
import { aDefinition } from '../support/builders.ts';

const { schema } = ResourceDefinition.parse(
  aDefinition({
    schema: {
      fields: [
        { name: 'code', type: 'string' },
        { name: 'note', type: 'string' },
        { name: 'staff', type: 'integer' },
        { name: 'added', type: 'string' },
      ],
    },
  }),
);
const source = { schema, columns: ['code', 'note', 'staff'] };
const spec = (changes: Partial<ExtractSpec> = {}): ExtractSpec => ({
  fields: ['code', 'note'],
  filter: [],
  mask: {},
  format: 'csv',
  ...changes,
});
/** In pieces of so many bytes. */
async function* bytes(text: string, size = 7): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(text, 'utf8');
  for (let i = 0; i < all.length; i += size) yield all.subarray(i, i + size);
}
const dataset = 'code,note,staff\n1101,甲,5\n1102,"a ""b"", c",\n1201,,7\n';
const sampled = (changes: Partial<ExtractSpec> = {}, text = dataset, size = 5) =>
  sampleExtract(bytes(text), source, spec(changes), { size, more: () => true });

describe('of an extract, the rows and the first of them', () => {
  test('as they stand in the dataset, a missing value as null', async () => {
    expect(await sampled()).toEqual({
      rows: 3,
      exact: true,
      sample: [
        { code: '1101', note: '甲' },
        { code: '1102', note: 'a "b", c' },
        { code: '1201', note: null },
      ],
    });
  });
  test('those alone that fulfil the conditions', async () => {
    expect(
      await sampled({
        filter: [
          { field: 'code', op: 'prefix', value: '11' },
          { field: 'staff', op: 'min', value: 1 },
        ],
      }),
    ).toEqual({
      rows: 1,
      exact: true,
      sample: [{ code: '1101', note: '甲' }],
    });
  });
  test('masked', async () => {
    const { sample } = await sampled({ mask: { code: 'hide', note: 'first1' } });
    expect(sample).toEqual([
      { code: '***', note: '***' },
      { code: '***', note: 'a**' },
      { code: '***', note: null },
    ]);
  });
  test('of a field that the dataset has no column for, nothing', async () => {
    expect((await sampled({ fields: ['added', 'code'] })).sample[0]).toEqual({ added: null, code: '1101' });
  });
  test('no more than are wanted, and none of an empty dataset', async () => {
    expect((await sampled({}, dataset, 2)).sample).toHaveLength(2);
    expect(await sampled({}, 'code,note,staff\n')).toEqual({ rows: 0, exact: true, sample: [] });
  });
});

const large = `code,note,staff\n${Array.from({ length: 20_000 }, (_, i) => `${i},n${i},${i}\n`).join('')}`;

test('counts exactly what would be written', async () => {
  const wanted = spec({ filter: [{ field: 'staff', op: 'max', value: 12_344 }] });
  const [written] = await writeExtracts(bytes(large, 4096), source, [
    { spec: wanted, sink: { write: () => undefined } },
  ]);
  const { rows } = await sampleExtract(bytes(large, 4096), source, wanted, { size: 5, more: () => true });
  expect(rows).toBe(12_345);
  expect(written).toMatchObject({ ok: true, rows });
});
test('stops where it is told to, says so, and lets go of its input', async () => {
  let asked = 0;
  let released = false;
  async function* input() {
    try {
      yield* bytes(large, 4096);
    } finally {
      released = true;
    }
  }
  const found = await sampleExtract(input(), source, spec(), { size: 1, more: () => (asked += 1) <= 3 });
  expect(found.exact).toBe(false);
  expect(found.rows).toBeGreaterThan(0);
  expect(found.rows).toBeLessThan(20_000);
  expect(released).toBe(true);
});
test('a dataset with other columns is a fault', async () => {
  await expect(sampled({}, 'code,staff,note\n1,2,3\n')).rejects.toThrow(/other columns/);
});
