import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { writeExtracts } from '../../functions/records/index.ts';
import { check, Collected, columns, inChunks } from './support.ts';

const folder = dirname(createRequire(import.meta.url).resolve('csv-spectrum/package.json'));
const bytesOf = (name: string): Buffer => readFileSync(join(folder, 'csvs', `${name}.csv`));
const recordsOf = (name: string): Record<string, string>[] =>
  [JSON.parse(readFileSync(join(folder, 'json', `${name}.json`), 'utf8'))].flat() as Record<string, string>[];

/** What the hub would deliver of a file as NDJSON, missing values written as they are in the file. */
async function delivered(name: string) {
  const bytes = bytesOf(name);
  const names = Object.keys(recordsOf(name)[0] ?? {});
  const schema = { ...columns(...names), missingValues: [] };
  const { accepted, result } = await check(schema, bytes);
  const sink = new Collected();
  const spec = { fields: names, filter: [], mask: {}, format: 'ndjson' as const };
  await writeExtracts(inChunks(Buffer.from(accepted)), { schema, columns: names }, [{ spec, sink }]);
  const records = sink.text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>);
  return { result, records };
}

test.each([
  'comma_in_quotes',
  'empty',
  'empty_crlf',
  'escaped_quotes',
  'json',
  'newlines',
  'newlines_crlf',
  'quotes_and_newlines',
  'simple',
  'simple_crlf',
  'utf8',
])('csv-spectrum %s comes out as its JSON says', async (name) => {
  const { result, records } = await delivered(name);
  expect(records).toEqual(recordsOf(name));
  expect(result).toMatchObject({ rows: { read: records.length, accepted: records.length, rejected: 0 } });
});

// Its only record has quotes in unquoted cells, where RFC 4180 has none, and degree signs in no encoding that is taken.
test('csv-spectrum location_coordinates is no RFC 4180: its record is rejected, not guessed at', async () => {
  const { result, report } = await check(
    columns('Contact Phone Number', 'Location Coordinates', 'Cities', 'Counties'),
    bytesOf('location_coordinates'),
  );
  expect(result).toMatchObject({ rows: { read: 1, accepted: 0, rejected: 1 } });
  expect(report).toEqual(['2,,,quote,']);
});
