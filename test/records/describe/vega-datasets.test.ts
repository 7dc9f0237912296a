import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { importDefinition } from '../../../functions/records/index.ts';
import { declared, folder, imported, rejections, text } from './vega-datasets.ts';

test('sixty-one tables are declared, and a name is asked for', () => {
  expect(declared).toHaveLength(61);
  const outcome = importDefinition(text);
  expect(outcome).toMatchObject({ refusal: 'choose-table', choices: declared.map(({ name }) => name) });
});

test.each(declared)('$name: every field and type is kept, and the definition can be published', ({ name, schema }) => {
  const { definition, problems, notes } = imported(name);
  expect(problems).toEqual([]);
  expect(definition.schema.fields.map((field) => `${field.name} ${field.type}`)).toEqual(
    schema?.fields.map((field) => `${field.name} ${field.type}`),
  );
  // No table has a title or a sensitivity, and some files are of formats that are not uploaded: nothing else is noted.
  expect(new Set(notes.map(({ path }) => path).filter((path) => path !== '/schema'))).toEqual(
    new Set(['/title', '/schema/fields']),
  );
});

/** Files that do not keep to their own schema; all others are accepted to the last record. */
const DIRTY: Readonly<Record<string, readonly string[]>> = {
  // `Jan 1 2000`, declared as a date without a format.
  sp500: ['date type 123'],
  stocks: ['date type 560'],
  // 11.5 miles per gallon, declared as an integer.
  cars: ['Miles_per_Gallon type 139'],
  // Objects with members that the schema does not have.
  countries: [' columns 558'],
  flare: [' columns 251'],
  monarchs: [' columns 1'],
  // `2001/01/01 00:10`, declared as a datetime without a format.
  flights_2k: ['date type 2000'],
  flights_5k: ['date type 5000'],
  flights_10k: ['date type 10000'],
  flights_20k: ['date type 20000'],
  // `Jun 12 1998`.
  movies: ['Release Date type 3201'],
  // `03/31/2015`.
  political_contributions: ['Coverage_End_Date type 58'],
};

describe('CSV', () => {
  const files = declared.filter(({ path }) => path.endsWith('.csv'));
  test('there are twenty-three', () => expect(files).toHaveLength(23));
  test.each(files)('$name, checked', async ({ name, path }) => {
    const found = await rejections(name, 'csv', createReadStream(join(folder, 'data', path)));
    expect(found).toEqual(DIRTY[name] ?? []);
  });
});

describe('JSON, an object a line', () => {
  const MOST_BYTES = 2_000_000;
  const files = declared.filter(({ path, bytes }) => path.endsWith('.json') && bytes < MOST_BYTES);
  test.each(files)('$name, checked', async ({ name, path }) => {
    const records = JSON.parse(readFileSync(join(folder, 'data', path), 'utf8')) as object[];
    const lines = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    expect(await rejections(name, 'ndjson', inOnePiece(lines))).toEqual(DIRTY[name] ?? []);
  });
});

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
