import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type CheckedStatement,
  checkStatement,
  type Parse,
} from '../../functions/reading/derivation/check-statement.ts';
import { inputsOf, restOf } from '../../functions/reading/derivation/lineage/lineage.ts';
import type { ResultColumn } from '../../functions/reading/derivation/run-statement.ts';
import type { Lineage } from '../../schemas/contracts/derivations.ts';
import { searched } from '../support/long.ts';
import { corpus } from './corpus.ts';
import { hostile } from './hostile.ts';
import { type InputName, inputNames, inputs, openParser, openPlace, type Place, schemas, SECRET } from './support.ts';

/** Enough records that what hangs on a field shows. */
type Rows = readonly (readonly string[])[];
const data: Readonly<Record<InputName, Rows>> = {
  people: [
    ['a', '张三', '1970-01-01', '1101'],
    ['b', '李四', '1985-05-05', '1101'],
    ['c', '王五', '2001-09-09', '1102'],
    ['d', '', '', '1102'],
    ['e', '孙七', '1955-02-03', '1103'],
    ['f', '周八', '1999-12-31', '1101'],
  ],
  marriages: [
    ['a', 'b', '1999-01-01'],
    ['b', 'a', '1999-01-01'],
    ['f', 'e', '2020-10-10'],
    ['x', 'c', '2001-01-01'],
  ],
  sales: [
    ['1', 'p1', 'a', '100.5', '2026-01-01T08:00:00Z', 'true'],
    ['2', 'p1', 'b', '200', '2026-02-01T20:00:00Z', 'true'],
    ['3', 'p2', 'c', '50', '2026-03-01T00:00:00Z', 'false'],
    ['4', 'p1', 'x', '10', '', 'true'],
    ['5', 'p2', 'e', '50', '2026-03-01T00:00:00Z', 'true'],
    ['6', 'p3', 'a', '7', '2026-04-01T00:00:00Z', 'false'],
  ],
  projects: [
    ['p1', '东湖', '4'],
    ['p2', '西湖', '10'],
    ['p3', '南湖', '2'],
  ],
};

const csvOf = (name: InputName, records: readonly (readonly string[])[]): string =>
  [schemas[name].fields.map((field) => field.name), ...records].map((record) => `${record.join(',')}\n`).join('');

/** The values of one field go round among its records: keys stay unique, types stay what they are. */
const turned = (name: InputName, at: number): string => {
  const records = data[name];
  return csvOf(
    name,
    records.map((record, i) =>
      record.map((cell, j) => (j === at ? (records[(i + 1) % records.length]?.[at] ?? '') : cell)),
    ),
  );
};

interface Other {
  readonly input: InputName;
  /** Whose values were changed; undefined where all records are gone. */
  readonly field?: string;
  readonly place: Place;
}

let parser: { readonly parse: Parse; close(): void };
let base: Place;
/** The same records in other orders. */
const reordered: Place[] = [];
const others: Other[] = [];
const small = { memoryMb: 64, seconds: 5, rows: 10_000 };
beforeAll(async () => {
  parser = await openParser();
  const whole = Object.fromEntries(inputNames.map((name) => [name, csvOf(name, data[name])]));
  base = await openPlace(whole, small);
  for (const order of [
    (records: Rows) => records.toReversed(),
    (records: Rows) => [...records.slice(1), ...records.slice(0, 1)],
  ])
    reordered.push(
      await openPlace(Object.fromEntries(inputNames.map((name) => [name, csvOf(name, order(data[name]))])), small),
    );
  for (const input of inputNames) {
    others.push({ input, place: await openPlace({ ...whole, [input]: csvOf(input, []) }, small) });
    for (const [at, { name }] of schemas[input].fields.entries())
      others.push({ input, field: name, place: await openPlace({ ...whole, [input]: turned(input, at) }, small) });
  }
}, 60_000);
afterAll(() => {
  for (const place of [...others.map((other) => other.place), ...reordered, base]) place.close();
  parser.close();
});

const TOKEN = /\s+|'[^']*'|"[^"]*"|\w+|./gsu;
const tokensOf = (sql: string): string[] => sql.match(TOKEN) ?? [];
const columnsOf = (name: InputName): string[] =>
  schemas[name].fields.map((field) => (field.name === 'at' ? '"at"' : field.name));

/** Words that can stand for one another. */
const alike: readonly (readonly string[])[] = [
  ...inputNames.map(columnsOf),
  ['id', 'buyer', 'spouse', 'project', 'name', 'district'],
  ['JOIN', 'LEFT JOIN', 'FULL JOIN', 'SEMI JOIN', 'ANTI JOIN'],
  ['LEFT', 'FULL', 'SEMI', 'ANTI', 'INNER'],
  ['sum', 'min', 'max', 'count', 'avg', 'median'],
  ['UNION', 'UNION ALL', 'EXCEPT', 'INTERSECT'],
  ['EXCEPT', 'INTERSECT', 'UNION'],
  ['AND', 'OR'],
  ['=', '<>', '<', '>', 'IS DISTINCT FROM'],
  ['IN', 'NOT IN'],
  ['SELECT', 'SELECT DISTINCT'],
  ['coalesce', 'nullif', 'greatest', 'concat'],
  ['upper', 'lower', 'length', 'reverse'],
  ['rank', 'row_number', 'dense_rank', 'lag', 'first_value'],
  ['DESC', 'ASC', 'DESC LIMIT 2'],
  inputNames,
];
const pool = [
  ...alike.flat(),
  ...corpus.flatMap(tokensOf).filter((token) => token.trim() !== ''),
  ...hostile.flatMap(({ statements }) => statements.filter((sql) => sql.length < 80)).flatMap(tokensOf),
];

type Change = readonly [
  place: number,
  change: 'alike' | 'any' | 'drop' | 'insert' | 'splice',
  choice: number,
  other: string,
];

function changed(tokens: string[], [place, change, choice, other]: Change): string[] {
  const places = tokens.flatMap((token, i) => (alike.some((words) => words.includes(token)) ? [i] : []));
  const at = (change === 'alike' ? places[place % places.length] : place % tokens.length) ?? 0;
  const token = tokens[at] ?? '';
  const words = alike.filter((some) => some.includes(token)).flat();
  const any = pool[choice % pool.length] ?? '';
  const put = {
    alike: [words[choice % words.length] ?? token],
    any: [any],
    drop: [],
    insert: [token, ' ', any, ' '],
    splice: tokensOf(other).slice(choice % 9, (choice % 9) + 6),
  }[change];
  return [...tokens.slice(0, at), ...put, ...tokens.slice(at + 1)];
}

/** A statement that is let pass, with some words replaced by others alike, or by any; left out, put in. */
const mutated = fc
  .tuple(
    fc.constantFrom(...corpus),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.constantFrom<Change[1]>(
          'alike',
          'alike',
          'alike',
          'alike',
          'alike',
          'alike',
          'any',
          'drop',
          'insert',
          'splice',
        ),
        fc.nat(),
        fc.constantFrom(...corpus),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([sql, changes]) => changes.reduce<string[]>(changed, tokensOf(sql)).join(''));

/** A statement that is let pass, with what it gives of the records as they are. */
interface Tried extends CheckedStatement {
  readonly sql: string;
  readonly columns: readonly ResultColumn[];
}

async function tried(sql: string): Promise<Tried | undefined> {
  const checked = await checkStatement(sql, inputs, parser.parse);
  if (!checked.ok) return undefined;
  const columns = await base.describe(sql);
  return columns.ok ? { ...checked.value, sql, columns: columns.value } : undefined;
}

type Records = readonly Readonly<Record<string, unknown>>[];

/** What it gives in a place; undefined where there is no result, for whatever reason that says nothing of the data. */
async function runIn(place: Place, { sql, columns }: Tried): Promise<Records | undefined> {
  const result = await place.run(sql, columns, { order: [], to: 'result.parquet' });
  return result.ok ? place.read(result.value.file) : undefined;
}

/** Records with some of their fields, each as a text, in an order that hangs on nothing else. */
const projected = (records: Records, fields: readonly string[]): string[] =>
  records.map((record) => JSON.stringify(fields.map((field) => record[field]))).toSorted();

/** Of the same input, and of the same field or of the records as such. */
function hangsOn({ fields, records }: Lineage, { input, field }: Other, output?: string): boolean {
  const own = fields.filter((one) => one.field === output).flatMap(({ from, decidedBy }) => [...from, ...decidedBy]);
  return [...own, ...records].some(
    (source) => source.input === input && (field === undefined || source.field === field),
  );
}

const isPart = (some: readonly string[], all: readonly string[]): boolean => {
  const left = [...all];
  return some.every((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
};

/** Whether its orders leave no two records equal: which of them comes first is the machine's, and hangs on anything. */
async function isCertain(statement: Tried, records: Records): Promise<boolean> {
  const fields = statement.lineage.fields.map(({ field }) => field);
  const all = projected(records, fields).join('\n');
  for (const place of reordered) {
    const found = await runIn(place, statement);
    if (!found || projected(found, fields).join('\n') !== all) return false;
  }
  return true;
}

/** What does not hang on a field, by the lineage, is the same with other values there. */
async function holds(statement: Tried, records: Records): Promise<void> {
  const { sql, lineage } = statement;
  const read = inputsOf(lineage);
  const concerned = others.filter(({ input, field }) => field === undefined || read.has(input));
  for (const other of concerned.filter((_, i) => (i + sql.length) % EACH === 0)) {
    const free = lineage.fields.map(({ field }) => field).filter((field) => !hangsOn(lineage, other, field));
    if (hangsOn(lineage, other) || free.length === 0) continue;
    const changed = await runIn(other.place, statement);
    const found = changed && projected(changed, free);
    if (found)
      expect([sql, other.input, other.field, found]).toEqual([sql, other.input, other.field, projected(records, free)]);
  }
}

/** Without an input, what is told to stay is among what there was. */
async function restHolds(tried: Tried, records: Records): Promise<void> {
  const { sql, statement, lineage } = tried;
  for (const { input, place } of others.filter(({ field }) => field === undefined)) {
    const { lost, records: stay } = restOf(statement, { ...inputs, [input]: { ...inputs[input], lost: true } });
    if (!stay) continue;
    const kept = lineage.fields.map(({ field }) => field).filter((field) => !lost.includes(field));
    const rest = await runIn(place, tried);
    if (rest) expect([sql, input, isPart(projected(rest, kept), projected(records, kept))]).toEqual([sql, input, true]);
  }
}

/** Of the places that a statement is tried in: every fifth, or all of a long search. */
const EACH = searched(5, 1);

const SEARCH = { numRuns: searched(30, 300) };

test('whatever is let pass reads its inputs alone, hangs on nothing that its lineage does not name, and leaves the rest whole', async () => {
  let passed = 0;
  await fc.assert(
    fc.asyncProperty(mutated, async (sql) => {
      const statement = await tried(sql);
      const records = statement && (await runIn(base, statement));
      if (!records) return;
      expect(JSON.stringify(records)).not.toContain(SECRET);
      if (!(await isCertain(statement, records))) return;
      passed += 1;
      await holds(statement, records);
      await restHolds(statement, records);
    }),
    SEARCH,
  );
  // Of thirty one in five, but for chance: the statements below pass in every run.
  expect(passed).toBeGreaterThan(searched(-1, 15));
}, 3_600_000);

test.each(corpus)('so does %s', async (sql) => {
  const statement = await tried(sql);
  const records = statement && (await runIn(base, statement));
  if (!records) throw new Error('refused');
  await holds(statement, records);
  await restHolds(statement, records);
});
