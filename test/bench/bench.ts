import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { gb11714, gb32100 } from '../../functions/records/index.ts';
import type { BenchContext } from './cases.ts';
import { checkCases, runCheck } from './check/check-cases.ts';
import { eachRow, rowDigest } from './check/row-digest.ts';
import { differingLines, DisagreementError, verifyCounts } from './check/verify.ts';
import { BAD_KINDS } from './data/bad-rows.ts';
import { dataFile } from './data/data-folder.ts';
import { expectedOf, generateCsv } from './data/generate-csv.ts';
import { entityMaker } from './data/legal-entity-row.ts';
import { SHAPES, type ShapeName } from './data/shapes.ts';
import { type Figures, median } from './figures.ts';
import { withFigures } from './markdown.ts';
import { benchProgram, chosen } from './program.ts';
import { textTable } from './table.ts';
import { measureColumn } from './types/measure-column.ts';
import { TYPE_COLUMNS } from './types/type-columns.ts';
import { FieldType } from '../../schemas/contracts/definition.ts';
import { played, searched } from '../support/long.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exchange-hub-bench-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const textOf = (shape: keyof typeof SHAPES, rows: number, seed = 1): string =>
  Buffer.concat(
    Array.from(generateCsv({ shape: SHAPES[shape], rows, seed }), (chunk) => Buffer.from(chunk)),
  ).toString();
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('the generated data', () => {
  test('are the same for the same seed, and others for another', () => {
    expect(digest(textOf('plain', 2_000))).toBe(digest(textOf('plain', 2_000)));
    expect(digest(textOf('plain', 2_000))).not.toBe(digest(textOf('plain', 2_000, 2)));
  });

  test('have valid check digits, and no code twice', () => {
    const entity = entityMaker(7);
    const rows = Array.from({ length: 5_000 }, (_, serial) => entity(serial));
    expect(rows.filter(([org = '']) => !gb11714(org))).toEqual([]);
    expect(rows.filter((row) => row[11] !== '' && !gb32100(row[11] ?? ''))).toEqual([]);
    expect(new Set(rows.map(([org]) => org)).size).toBe(rows.length);
  });

  test('have 24 rows of a hundred with a quoted field', () => {
    const lines = textOf('plain', 20_000).trimEnd().split('\n').slice(1);
    expect(lines).toHaveLength(20_000);
    expect(lines.filter((line) => line.includes('"')).length / lines.length).toBeCloseTo(0.24, 2);
  });

  test('have sixteen kinds of bad rows', () => {
    expect(new Set(BAD_KINDS.map(({ name }) => name)).size).toBe(16);
  });

  test('of the next day differ in exactly the edits that are told', () => {
    const byCode = (text: string) =>
      new Map(
        text
          .trimEnd()
          .split('\n')
          .map((line) => [line.slice(0, 9), line] as const),
      );
    const [today, tomorrow] = [byCode(textOf('plain', 4_000)), byCode(textOf('next-day', 4_000))];
    const codes = (of: Map<string, string>, wanted: (code: string) => boolean) => [...of.keys()].filter(wanted).length;
    expect({
      inserted: codes(tomorrow, (code) => !today.has(code)),
      updated: codes(tomorrow, (code) => today.has(code) && today.get(code) !== tomorrow.get(code)),
      deleted: codes(today, (code) => !tomorrow.has(code)),
    }).toEqual(expectedOf(SHAPES['next-day'], 4_000).edits);
  });

  test('are kept and used again, unless the file is not what its sidecar says', async () => {
    const request = { shape: SHAPES.plain, rows: 100, seed: 3 };
    const { file, bytes } = await dataFile(folder, request);
    const right = await readFile(file, 'utf8');
    await writeFile(file, 'x'.repeat(bytes));
    await dataFile(folder, request);
    expect(await readFile(file, 'utf8')).toBe('x'.repeat(bytes));
    await writeFile(file, 'cut short');
    await dataFile(folder, request);
    expect(await readFile(file, 'utf8')).toBe(right);
  });
});

describe('the digest of rows', () => {
  const digestOf = async (text: string) => {
    const file = join(folder, 'rows.csv');
    await writeFile(file, text);
    return rowDigest(file);
  };

  test('knows neither order nor quoting', async () => {
    expect(await digestOf('a,b\n1,"x ""y"", z"\n2,\n')).toEqual(await digestOf('"a","b"\n"2",""\n1,"x ""y"", z"\n'));
  });

  test.each([
    ['a value', 'a,b\n1,2\n', 'a,b\n1,3\n'],
    ['where a cell ends', 'a,b\n1,23\n', 'a,b\n12,3\n'],
    ['a comma in quotes', 'a,b\n1,2\n', 'a,b\n"1,2"\n'],
    ['a doubled quote', 'a\n"1"""\n', 'a\n1\n'],
    ['a row twice', 'a\n1\n', 'a\n1\n1\n'],
    ['a line break in quotes', 'a\n"1\n2"\n', 'a\n1\n2\n'],
  ])('sees %s', async (_, one, other) => {
    expect(await digestOf(one)).not.toEqual(await digestOf(other));
  });

  test('leads to the lines that differ', async () => {
    const [one, other] = [join(folder, 'one.csv'), join(folder, 'other.csv')];
    await writeFile(one, 'a\n1\n2\n3\n');
    await writeFile(other, 'a\n3\n1\n');
    expect(await differingLines(one, other)).toContain(`1 rows only in ${one}, such as on line 3`);
    let rows = 0;
    await eachRow(one, () => (rows += 1));
    expect(rows).toBe(4);
  });
});

describe('a system', () => {
  const data = { file: '', encoding: 'utf-8', rows: 0, bytes: 0, ...expectedOf(SHAPES.duplicates, 20_000) } as const;
  const found = (accepted: number, rejected: number) => ({ accepted, rejected, cpuSeconds: 0 });

  test.each([
    [true, 19_898, 102],
    [false, 19_900, 100],
  ])('may accept what the generator made good (unique: %s)', (unique, accepted, rejected) => {
    expect(() => verifyCounts('it', found(accepted, rejected), data, unique)).not.toThrow();
    expect(() => verifyCounts('it', found(accepted + 1, rejected - 1), data, unique)).toThrow(DisagreementError);
    expect(() => verifyCounts('it', found(accepted, rejected), data, !unique)).toThrow(/it accepted/);
  });
});

describe('systems', () => {
  const context = (): BenchContext => ({ folder, seed: 1, runs: 1, quick: false, progress: () => undefined });

  const moreShapes = [
    ['duplicates', 10_000, 1],
    ['all-quoted', 4_000, 1],
    ['five-percent-bad', 4_000, 1],
    ['gb18030', 4_000, 1],
    ['enforcement', 4_000, 1],
    ['wide', 4_000, 1],
  ] as const;
  test.each(played<readonly [ShapeName, number, number]>([['plain', searched(4_000, 10_000), 16]], moreShapes))(
    'agree on rows of the shape %s: %i, %i outputs',
    async (shape, rows, extracts) => {
      const of = { name: 'test', about: '', rows, shape, extracts, unique: shape === 'duplicates' };
      const figures = await runCheck(of, context());
      expect(figures.map(({ system }) => system)).toEqual([
        'hub',
        'hub+digests',
        'csv-parse+zod',
        'duckdb-1',
        'duckdb-2',
        expect.stringMatching(/^(node-)?sha256/),
      ]);
      expect(figures.every(({ runs, wallSeconds }) => runs === 1 && wallSeconds > 0)).toBe(true);
    },
  );
});

describe('columns of every type', () => {
  test.each(TYPE_COLUMNS.map((column) => [column.name, column] as const))(
    'have good rows: %s',
    async (name, column) => {
      const { bytes, own, asText } = await measureColumn(column, { name, rows: 500, seed: 3 });
      expect(bytes).toBeGreaterThan(1000);
      expect(Math.min(own.wallSeconds, asText.wallSeconds)).toBeGreaterThan(0);
    },
  );

  test('are of every type that a field may have', () => {
    const types = new Set(TYPE_COLUMNS.map(({ field }) => (field as { type: string }).type));
    expect([...types].toSorted()).toEqual([...FieldType.options].toSorted());
  });
});

describe('the command', () => {
  const bench = (...args: string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { encoding: 'utf8' });

  test('tells in its help how to begin, and every case', () => {
    const { status, stdout } = bench('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('--only check-1M --quick');
    for (const { name } of checkCases) expect(stdout).toContain(name);
  });

  test.each([
    ['--bogus', /unknown option '--bogus'/],
    ['--only=nothing', /no case is called 'nothing'/],
  ])('refuses %s and ends with an error', (argument, told) => {
    const { status, stderr } = bench(argument);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(told);
  });

  test.each([
    [['--runs', '0'], /whole number/],
    [['--seed', '1e3'], /whole number/],
    [['stray'], /too many arguments/],
  ])('refuses %j', (args, told) => {
    const program = benchProgram(checkCases).configureOutput({ writeErr: () => undefined });
    expect(() => program.parse(args, { from: 'user' })).toThrow(told);
  });

  test('runs cases by name or beginning, and long ones only when named', () => {
    const cases = ['check-1', 'check-10', 'hub-1'].map((name) => ({
      name,
      about: '',
      onDemand: name === 'hub-1',
      run: () => Promise.resolve([]),
    }));
    const names = (only?: string, all = false) =>
      chosen(cases, { all, ...(only !== undefined && { only }) }).map(({ name }) => name);
    expect(names()).toEqual(['check-1', 'check-10']);
    expect(names(undefined, true)).toEqual(['check-1', 'check-10', 'hub-1']);
    expect(names('check-10')).toEqual(['check-10']);
    expect(names('hub')).toEqual([]);
    expect(names('hub-1')).toEqual(['hub-1']);
  });
});

describe('figures', () => {
  const figures: Figures[] = [
    { case: 'c', system: 'hub', rows: 10, bytes: 4e6, runs: 3, wallSeconds: 2, cpuSeconds: 1, rowsPerSecond: 5 },
    {
      case: 'c',
      system: 'hub+digests',
      rows: 10,
      bytes: 4e6,
      runs: 3,
      wallSeconds: 3,
      cpuSeconds: 2,
      rowsPerSecond: 3,
    },
    { case: 'c', system: 'other', rows: 10, bytes: 4e6, runs: 1, wallSeconds: 5, rowsPerSecond: 2, peakRssMiB: 1234 },
  ];

  test.each([
    [[3, 1, 2], 2],
    [[4, 1], 2.5],
  ])('the median of %j is %d', (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  test('are told in a table with the ratio to the hub', () => {
    expect(
      textTable(figures)
        .split('\n')
        .map((line) => line.trim().split(/ {2,}/)),
    ).toEqual([
      ['c (10 rows, 4 MB)'],
      ['seconds', 'x hub', 'rows/s', 'MB/s', 'CPU s', 'peak RSS MiB', 'runs'],
      ['hub', '2.00', '1.00', '5', '2', '1.00', '-', '3'],
      ['hub+digests', '3.00', '1.50', '3', '1', '2.00', '-', '3'],
      ['other', '5.00', '2.50', '2', '1', '-', '1,234', '1'],
    ]);
  });

  test('of types are told beside text of the same bytes', () => {
    const asText = { wallSeconds: 0.5, cpuSeconds: 0.5 };
    const taken = { rows: 10, bytes: 4e6, runs: 3, wallSeconds: 1, cpuSeconds: 0.75, rowsPerSecond: 10 };
    expect(
      textTable([{ case: 'types', system: 'datetime', ...taken, asText }])
        .split('\n')
        .map((line) => line.trim().split(/ {2,}/)),
    ).toEqual([
      ['types (10 rows)'],
      ['seconds', 'CPU s', 'as text, CPU s', 'x text', 'rows/s', 'MB/s', 'runs'],
      ['datetime', '1.00', '0.75', '0.50', '1.50', '10', '4', '3'],
    ]);
  });

  test('stand between their marks on a page, once', () => {
    const once = withFigures('# Page\n', figures, false);
    const twice = withFigures(`${once}after\n`, figures, false);
    expect(once).toContain('| hub | 2.00 | 1.00 |');
    expect(once).toContain('| hub+digests | 3.00 | 1.50 |');
    expect(twice).toBe(`${once}after\n`);
  });

  test('leave those of cases that were not run as they are on the page', () => {
    const other = figures.map((each) => ({ ...each, case: 'other' }));
    const page = withFigures(withFigures('', figures, false), other, false);
    expect(page.match(/^\*\*.*\*\*$/gm)).toHaveLength(2);
    const slower = figures.map((each) => ({ ...each, wallSeconds: each.wallSeconds * 2 }));
    const again = withFigures(page, slower, false);
    expect(again).toContain('| hub | 4.00 | 1.00 |');
    expect(again).toContain('| hub | 2.00 | 1.00 |');
    expect(again.match(/^\*\*.*\*\*$/gm)).toEqual(page.match(/^\*\*.*\*\*$/gm));
  });
});
