import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import { MAX_POSTED_BYTES, type PostRecordsBody } from '../../../schemas/contracts/uploads.ts';
import { noPrimaryKey } from './announcement.ts';

type PostedRecord = PostRecordsBody['records'][number];

/** An answer has room for so many. */
const MOST_PROBLEMS = 1000;

/** What makes records, of so many bytes, no edits at all; whatever else is wrong with them the check says, record by record. */
export function postedProblems(records: readonly PostedRecord[], bytes: number, schema: TableSchema): Violation[] {
  const { primaryKey } = schema;
  if (!primaryKey) return [noPrimaryKey('/records')];
  if (bytes > MAX_POSTED_BYTES) {
    const message = `a call takes at most ${MAX_POSTED_BYTES} bytes of records: post them in several, or upload a file`;
    return [{ path: '/records', rule: 'maximum', message }];
  }
  return records
    .flatMap((record, index) => [...withoutKey(record, index, primaryKey), ...withoutDigits(record, index)])
    .slice(0, MOST_PROBLEMS);
}

const withoutKey = (record: PostedRecord, index: number, primaryKey: readonly string[]): Violation[] =>
  primaryKey
    .filter((name) => !Object.hasOwn(record, name) || record[name] === null || record[name] === '')
    .map((name) => ({
      path: pathOf(index, name),
      rule: 'required',
      message: 'a record has a value in every field of the primary key',
    }));

/** Beyond 2^53 a JSON number is not read as the number that was sent (RFC 8259, section 6). */
const withoutDigits = (record: PostedRecord, index: number): Violation[] =>
  Object.entries(record)
    .filter(([, value]) => Number.isInteger(value) && !Number.isSafeInteger(value))
    .map(([name]) => ({
      path: pathOf(index, name),
      rule: 'maximum',
      message: 'a number of more than 15 digits loses some of them in JSON: send it as a string',
    }));

const pathOf = (index: number, name: string): string =>
  `/records/${index}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
