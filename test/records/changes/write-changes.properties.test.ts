import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Condition } from '../../../schemas/contracts/terms.ts';
import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import { applyChanges, type ChangesResult, writeChanges, writeExtracts } from '../../../functions/records/index.ts';
import { aSchema, Collected, inChunks } from '../support.ts';
import { searched } from '../../support/long.ts';
import { aDataset } from './support.ts';

const schema = aSchema({
  missingValues: ['', '-'],
  fields: [
    { name: 'k', type: 'integer' },
    { name: 'l', type: 'string' },
    { name: 'n', type: 'integer' },
    { name: 's', type: 'string', sensitivity: 'personal' },
    { name: 'b', type: 'boolean' },
  ],
  primaryKey: ['k', 'l'],
});
const fields = schema.fields.map(({ name }) => name);
const key = ['k', 'l'];

const quoted = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(arbitrary, fc.boolean())
    .map(([text, quote]) => (quote || /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text));
const cells = fc.record({
  k: quoted(fc.integer({ min: 0, max: 30 }).chain((n) => fc.constantFrom(`${n}`, `0${n}`))),
  l: quoted(fc.constantFrom('a', 'a"', 'a\nb')),
  n: quoted(fc.constantFrom('', '-', '1', '01', '2', '3')),
  s: quoted(fc.constantFrom('', 'left', 'theft', 'x', 'é"')),
  b: quoted(fc.constantFrom('', 'true', '1', 'false')),
});
type Cells = typeof cells extends fc.Arbitrary<infer T> ? T : never;
const plain = (cell: string): string => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
const identity = ({ k, l }: Cells): string => `${Number(plain(k))}/${plain(l)}`;

const dataset = fc.record({
  rows: fc.uniqueArray(cells, { maxLength: 30, selector: identity }),
  columns: fc.shuffledSubarray(fields, { minLength: 2 }).map((some) => [...new Set([...some, ...key])]),
});
type Dataset = typeof dataset extends fc.Arbitrary<infer T> ? T : never;
const textOf = ({ rows, columns }: Dataset): string =>
  `${columns.join(',')}\n${rows.map((row) => `${columns.map((name) => row[name as keyof Cells]).join(',')}\n`).join('')}`;

/** A version, and another that is mostly the same: rows changed, gone, new and elsewhere; perhaps with other columns. */
const pair = fc
  .tuple(dataset, dataset, fc.array(fc.nat({ max: 9 }), { maxLength: 30 }), fc.boolean())
  .map(([older, other, dice, alike]): [Dataset, Dataset] => {
    const rows = new Map(older.rows.map((row) => [identity(row), row]));
    for (const [i, row] of other.rows.entries()) {
      const throwOf = dice[i] ?? 9;
      if (throwOf < 2) rows.set(identity(row), row);
      if (throwOf === 2) rows.delete(identity(row));
      if (throwOf === 3) {
        const moved = rows.get(identity(row));
        rows.delete(identity(row));
        if (moved) rows.set(identity(row), moved);
      }
    }
    const newer = { rows: [...rows.values()], columns: alike ? older.columns : other.columns };
    return [older, dice.length === 0 ? { ...newer, rows: newer.rows.toReversed() } : newer];
  });

const filter: fc.Arbitrary<Condition[]> = fc.constantFrom(
  [],
  [{ field: 'n', op: 'min', value: 2 }],
  [{ field: 'b', op: 'eq', value: true }],
  [{ field: 's', op: 'in', value: ['left', 'x'] }],
);
const spec: fc.Arbitrary<ExtractSpec> = fc.record({
  fields: fc.shuffledSubarray(fields).map((some) => [...new Set([...some, ...key])]),
  filter,
  mask: fc.constantFrom<ExtractSpec['mask'][]>({}, { s: 'last4' }, { s: 'hide', n: 'first1' }),
  format: fc.constantFrom<ExtractSpec['format'][]>('csv', 'ndjson'),
});

const budgets = fc.constantFrom(0, 300, 1_000_000);
const sizes = fc.constantFrom(1, 13, 65_536);

async function extract(version: Dataset, wanted: ExtractSpec): Promise<string> {
  const sink = new Collected();
  await writeExtracts(inChunks(Buffer.from(textOf(version))), { schema, columns: version.columns }, [
    { spec: wanted, sink },
  ]);
  return sink.text;
}

async function difference(older: Dataset, newer: Dataset, specs: readonly ExtractSpec[], budget: number, size: number) {
  const sinks = specs.map(() => new Collected());
  const version = (of: Dataset) => ({ schema, ...aDataset(textOf(of), size), columns: of.columns });
  const requests = specs.map((wanted, i) => ({ spec: wanted, sink: sinks[i] ?? new Collected() }));
  const results = await writeChanges(version(older), version(newer), key, requests, budget);
  return { results, texts: sinks.map(({ text }) => text) };
}

/** Rows of an extract by their key, both as they are delivered, but for quotes. */
function rowsOf(text: string, { fields: names, format }: ExtractSpec): Map<string, string> {
  const rows =
    format === 'csv'
      ? csvRows(text).slice(1)
      : text
          .split('\n')
          .slice(0, -1)
          .map((line) => names.map((name) => (JSON.parse(line) as Record<string, unknown>)[name]));
  return new Map(
    rows.map((values) => [JSON.stringify(key.map((name) => values[names.indexOf(name)])), JSON.stringify(values)]),
  );
}

const csvRows = (text: string): string[][] =>
  (text.match(/(?:"(?:[^"]|"")*"|[^"\n])*\n/g) ?? []).map((line) =>
    (`,${line.slice(0, -1)}`.match(/,(?:"(?:[^"]|"")*"|[^",]*)/g) ?? []).map((cell) => plain(cell.slice(1))),
  );

const ordered = (rows: ReadonlyMap<string, string>) => [...rows].map((row) => row.join()).toSorted();

interface Edits {
  readonly upserts: Map<string, string>;
  readonly deletes: Set<string>;
}
function editsOf(text: string, wanted: ExtractSpec): Edits {
  const withOp = { ...wanted, fields: ['_op', ...wanted.fields] };
  const edits = [...rowsOf(text, withOp)].map(([id, values]) => [id, JSON.parse(values) as unknown[]] as const);
  return {
    upserts: new Map(
      edits.filter(([, [op]]) => op === 'upsert').map(([id, [, ...rest]]) => [id, JSON.stringify(rest)]),
    ),
    deletes: new Set(edits.filter(([, [op]]) => op === 'delete').map(([id]) => id)),
  };
}

/** Counts and rows that applying the edits needs: each is for a row that is really another. */
function counted(before: Map<string, string>, after: Map<string, string>) {
  const ids = [...new Set([...before.keys(), ...after.keys()])];
  return {
    inserted: ids.filter((id) => !before.has(id)).length,
    deleted: ids.filter((id) => !after.has(id)).length,
    updated: ids.filter((id) => before.has(id) && after.has(id) && before.get(id) !== after.get(id)).length,
  };
}

const good = (result: ChangesResult | undefined) => {
  if (result?.ok !== true) throw new Error('the edits were not written', { cause: result });
  return result;
};

test('applied to the older extract the edits give the newer one, and there is none too many', async () => {
  await fc.assert(
    fc.asyncProperty(
      pair,
      fc.array(spec, { minLength: 1, maxLength: 3 }),
      budgets,
      sizes,
      async ([older, newer], specs, budget, size) => {
        const { results, texts } = await difference(older, newer, specs, budget, size);
        for (const [i, wanted] of specs.entries()) {
          const before = rowsOf(await extract(older, wanted), wanted);
          const after = rowsOf(await extract(newer, wanted), wanted);
          const { upserts, deletes } = editsOf(texts[i] ?? '', wanted);
          const applied = new Map([...before, ...upserts].filter(([id]) => !deletes.has(id)));
          expect(ordered(applied)).toEqual(ordered(after));
          const { rows, changes } = good(results[i]);
          expect(changes).toEqual(counted(before, after));
          expect(rows).toBe(upserts.size + deletes.size);
        }
      },
    ),
    { numRuns: searched(15, 100) },
  );
});

test('the pieces in which the versions come make no difference, and neither does a second try', async () => {
  await fc.assert(
    fc.asyncProperty(pair, spec, budgets, sizes, async ([older, newer], wanted, budget, size) => {
      expect(await difference(older, newer, [wanted], budget, size)).toEqual(
        await difference(older, newer, [wanted], budget, 65_536),
      );
    }),
    { numRuns: searched(10, 50) },
  );
});

test('a copy that follows a history of edits is the newest extract', async () => {
  await fc.assert(
    fc.asyncProperty(dataset, fc.array(pair, { maxLength: 4 }), spec, budgets, async (first, later, wanted, budget) => {
      const asCsv: ExtractSpec = { ...wanted, format: 'csv' };
      const history = [first, ...later.flat()];
      let copy = await extract(first, asCsv);
      for (const [i, newer] of history.slice(1).entries()) {
        const older = history[i] ?? first;
        const { texts } = await difference(older, newer, [asCsv], budget, 65_536);
        const sink = new Collected();
        const base = { ...aDataset(copy), columns: asCsv.fields };
        const { rows } = await applyChanges(base, inChunks(Buffer.from(texts[0] ?? '')), key, sink);
        copy = sink.text;
        expect(rows).toBe(rowsOf(copy, asCsv).size);
      }
      const newest = await extract(history.at(-1) ?? first, asCsv);
      expect(ordered(rowsOf(copy, asCsv))).toEqual(ordered(rowsOf(newest, asCsv)));
    }),
    { numRuns: searched(10, 50) },
  );
});

test('edits of another extract are not applied', async () => {
  const base = { ...aDataset('k,l,n\n1,a,\n') };
  const sink = { write: () => {} };
  const other = (text: string) => applyChanges(base, inChunks(Buffer.from(text)), key, sink);
  await expect(other('_op,k,l\nupsert,1,a\n')).rejects.toThrow('not edits of the copy');
  await expect(other('_op,k,l,n\nupsert,1,a,\nupsert,1,a,2\n')).rejects.toThrow('1 of the edits');
});
