import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { TableSchema } from '../../schemas/contracts/definition.ts';
import type { ExtractSpec } from '../../schemas/contracts/messages.ts';
import { Mask } from '../../schemas/contracts/terms.ts';
import { type CheckOptions, checkRecords, writeExtracts } from '../../functions/records/index.ts';
import { searched } from '../support/long.ts';
import { mutated, schema } from './arbitrary-files.ts';
import { aSchema, Collected, inCuts } from './support.ts';

const RUNS = searched(100, 300);
const MASKS = [undefined, ...Mask.options];

const spec: fc.Arbitrary<ExtractSpec> = fc.record({
  fields: fc.shuffledSubarray(
    schema.fields.map(({ name }) => name),
    { minLength: 1 },
  ),
  filter: fc.subarray(
    [
      { field: 'kind', op: 'in', value: ['甲', 'b"'] } as const,
      { field: 'code', op: 'prefix', value: '1' } as const,
      { field: 'n', op: 'min', value: 1 } as const,
      { field: 'on', op: 'max', value: '2024-01-01' } as const,
      { field: 'ok', op: 'eq', value: true } as const,
    ],
    { maxLength: 2 },
  ),
  mask: fc
    .array(fc.constantFrom(...MASKS), { minLength: schema.fields.length, maxLength: schema.fields.length })
    .map((masks) =>
      Object.fromEntries(schema.fields.flatMap(({ name }, i) => (masks[i] ? [[name, masks[i]] as const] : []))),
    ),
  format: fc.constantFrom('csv', 'ndjson'),
});

/** What a check writes in its pass, and what `writeExtracts` then makes of the dataset. */
async function both(input: AsyncIterable<Uint8Array>, options: Omit<CheckOptions, 'format'>, specs: ExtractSpec[]) {
  const accepted = new Collected();
  const inPass = specs.map((of) => ({ spec: of, sink: new Collected() }));
  const checked = await checkRecords(
    input,
    { format: 'csv', ...options },
    { accepted, report: new Collected(), extracts: inPass },
  );
  if (checked.verdict === 'refused') return undefined;
  const source = { schema: options.schema, columns: checked.columns };
  const after = specs.map((of) => ({ spec: of, sink: new Collected() }));
  const results = await writeExtracts(inCuts(accepted.bytes, []), source, after);
  return {
    inPass: { results: checked.extracts, texts: inPass.map(({ sink }) => sink.text) },
    after: { results, texts: after.map(({ sink }) => sink.text) },
  };
}

test('extracts of the check are those of its dataset, byte for byte', async () => {
  let rows = 0;
  await fc.assert(
    fc.asyncProperty(
      mutated,
      fc.array(fc.nat({ max: 400 })),
      fc.array(spec, { minLength: 1, maxLength: 4 }),
      async (bytes, cuts, specs) => {
        const outcome = await both(inCuts(bytes, cuts), { schema, encoding: 'utf-8' }, specs);
        if (!outcome) return;
        expect(outcome.inPass).toEqual(outcome.after);
        for (const result of outcome.inPass.results) rows += result.ok ? result.rows : 0;
      },
    ),
    { numRuns: RUNS },
  );
  expect(rows).toBeGreaterThan(RUNS / 10);
});

const firms: TableSchema = aSchema({
  missingValues: ['"none"'],
  fields: [
    { name: 'code', type: 'string' },
    { name: 'name', type: 'string' },
    { name: 'note', type: 'string' },
  ],
});
const all: ExtractSpec = { fields: ['note', 'code', 'name'], filter: [], mask: {}, format: 'csv' };
const masked: ExtractSpec = {
  fields: ['code', 'name', 'note'],
  filter: [],
  mask: { name: 'first1', note: 'hide' },
  format: 'csv',
};
const json: ExtractSpec = { ...all, format: 'ndjson' };

test('records stored in another order, after a base and with a column that they lack, are extracted as they are stored', async () => {
  const base = {
    input: inCuts(Buffer.from('code,name,note\n1,甲,"a ""b"""\n2,"乙,",c\n'), [20]),
    columns: ['code', 'name', 'note'],
  };
  const rows = Array.from({ length: 700 }, (_, i) => `"n${i}\n",,${i}\r\n`).join('');
  const input = inCuts(Buffer.from(`name,errors,code\r\n${rows}丙,x,last`), [30, 31, 5000]);
  const outcome = await both(input, { schema: firms, encoding: 'utf-8', fixes: true, base }, [all, masked, json]);
  expect(outcome?.inPass).toEqual(outcome?.after);
  expect(outcome?.inPass.results).toEqual(Array(3).fill(expect.objectContaining({ ok: true, rows: 703 })));
  expect(outcome?.inPass.texts[0]?.split('\n').slice(0, 5)).toEqual([
    'note,code,name',
    '"a ""b""",1,甲',
    'c,2,"乙,"',
    '"""none""",0,"n0',
    '"',
  ]);
});

test('an extract whose sink fails ends alone: the check and its other extracts go on', async () => {
  const sink = new Collected();
  const failing = {
    write() {
      throw new Error('no room');
    },
  };
  const accepted = new Collected();
  const input = inCuts(Buffer.from(`code,name,note\n${'1,x,y\n'.repeat(100_000)}`), [7]);
  const result = await checkRecords(
    input,
    { schema: firms, format: 'csv', encoding: 'utf-8' },
    {
      accepted,
      report: new Collected(),
      extracts: [
        { spec: all, sink: failing },
        { spec: all, sink },
      ],
    },
  );
  expect(result).toMatchObject({
    rows: { accepted: 100_000 },
    extracts: [
      { ok: false, error: new Error('no room') },
      { ok: true, rows: 100_000 },
    ],
  });
  expect(sink.text).toBe(`note,code,name\n${'y,1,x\n'.repeat(100_000)}`);
});
