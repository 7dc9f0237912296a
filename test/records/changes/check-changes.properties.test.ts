import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aSchema } from '../support.ts';
import { searched } from '../../support/long.ts';
import { checkChanges } from './support.ts';

const schema = aSchema({
  fields: [
    { name: 'a', type: 'integer' },
    { name: 'b', type: 'string' },
    { name: 'u', type: 'integer', constraints: { unique: true } },
    { name: 'p', type: 'string' },
    { name: 'q', type: 'string', constraints: { maxLength: 2 } },
  ],
  primaryKey: ['a', 'b'],
  uniqueKeys: [
    ['p', 'q'],
    ['b', 'a'],
  ],
});
const names = schema.fields.map(({ name }) => name);

type Row = readonly string[];
interface Edit {
  readonly op: string;
  readonly row: Row;
}

const row = fc.tuple(
  fc.constantFrom('1', '2', '3', '02', '+1'),
  fc.constantFrom('x', 'y"', 'z'),
  fc.constantFrom('', '1', '2', '03', '3', '4'),
  fc.constantFrom('', 'k', 'l'),
  fc.constantFrom('', 'm', 'n,'),
);
const edit: fc.Arbitrary<Edit> = fc.record({
  op: fc.constantFrom('', 'upsert', 'upsert', 'delete', 'delete', 'replace'),
  row: fc.oneof(
    { weight: 8, arbitrary: row },
    { weight: 1, arbitrary: row.map(([a, b, u, p]) => [a, b, u, p, 'long']) },
    { weight: 1, arbitrary: row.map(([, b, u, p, q]) => ['', b, u, p, q]) },
  ),
});

/** What the sentences of the protocol say, row by row over a list. */
function expected(base: readonly Row[], edits: readonly Edit[]): { rows: Row[]; rejected: number[] } {
  const rows = [...base];
  const done = new Set<string>();
  const rejected: number[] = [];
  for (const [i, { op, row: edited }] of edits.entries()) {
    const key = primary(edited);
    const at = rows.findIndex((other) => primary(other) === key);
    const others = rows.filter((_, place) => place !== at);
    const isDelete = op === 'delete';
    const isGood =
      op !== 'replace' &&
      edited[0] !== '' &&
      !done.has(key) &&
      (isDelete || ((edited[4]?.length ?? 0) <= 2 && !others.some((other) => collides(other, edited))));
    if (!isGood) {
      rejected.push(i);
      continue;
    }
    done.add(key);
    if (isDelete && at >= 0) rows.splice(at, 1);
    else if (!isDelete && at >= 0) rows[at] = edited;
    else if (!isDelete) rows.push(edited);
  }
  return { rows, rejected };
}

const primary = ([a, b]: Row): string => `${Number(a)}/${b}`;
const collides = (one: Row, other: Row): boolean =>
  (one[2] !== '' && other[2] !== '' && Number(one[2]) === Number(other[2])) ||
  (one[3] !== '' && one[4] !== '' && one[3] === other[3] && one[4] === other[4]);

const line = (cells: Row): string =>
  cells.map((cell) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
const file = (rows: readonly Row[]): string =>
  `${names.join(',')}\n${rows.map((cells) => `${line(cells)}\n`).join('')}`;

test('edits come to what they come to one after another', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 8 }),
      fc.array(edit, { minLength: 1, maxLength: 14 }),
      fc.nat({ max: 5 }),
      fc.constantFrom(1, 5, 64, 65_536),
      async (candidates, edits, place, size) => {
        const base = expected(
          [],
          candidates.map((cells) => ({ op: '', row: cells })),
        ).rows;
        const { rows, rejected } = expected(base, edits);
        // The column of ops may stand anywhere.
        const content = [{ op: '_op', row: names }, ...edits]
          .map(({ op, row: cells }) => `${line([...cells.slice(0, place), op, ...cells.slice(place)])}\n`)
          .join('');
        const { accepted, result, report } = await checkChanges(schema, content, file(base), size);
        expect(accepted).toBe(file(rows));
        expect([...new Set(report.map((entry) => Number.parseInt(entry, 10) - 2))].toSorted((a, b) => a - b)).toEqual(
          rejected,
        );
        expect(result).toMatchObject({
          verdict: 'checked',
          rows: { read: edits.length, accepted: edits.length - rejected.length, rejected: rejected.length },
          baseRows: base.length,
          datasetRows: rows.length,
        });
      },
    ),
    { numRuns: searched(20, 150) },
  );
});

test('many edits of many records, more than any table or buffer begins with', async () => {
  const count = 5000;
  const long = 'x'.repeat(300);
  const table = aSchema({
    fields: [
      { name: 'id', type: 'string' },
      { name: 'tax', type: 'string', constraints: { unique: true } },
      { name: 'text', type: 'string' },
    ],
    primaryKey: ['id'],
  });
  const of = (i: number, tax: number, text: string): string => `k${i},t${tax},${text}`;
  const base = Array.from({ length: count }, (_, i) => of(i, i, long));
  // Every third goes, every other third takes over the tax number of the one before it, in the order of the file from its end.
  const order = Array.from({ length: count }, (_, i) => count - 1 - i);
  const deletes = order.filter((i) => i % 3 === 0).map((i) => `delete,k${i},,`);
  const upserts = order.filter((i) => i % 3 === 1).map((i) => `,${of(i, i - 1, `${long}!`)}`);
  const { edited, result } = await checkChanges(
    table,
    `_op,id,tax,text\n${[...deletes, ...upserts].join('\n')}\n`,
    `id,tax,text\n${base.join('\n')}\n`,
  );
  expect(result).toMatchObject({ rows: { rejected: 0 } });
  expect(edited).toEqual(
    base.flatMap((text, i) => (i % 3 === 0 ? [] : [i % 3 === 1 ? of(i, i - 1, `${long}!`) : text])),
  );
});
