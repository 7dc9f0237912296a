import { note, type Note } from '../draft.ts';
import { logicalTypeOf } from '../../types/type-of.ts';
import { gb11643 } from '../../types/checks/index.ts';
import type { UploadRefusal } from '../../../../schemas/contracts/uploads.ts';

/** Why a file says nothing about a resource. */
export interface InferRefusal {
  readonly refusal: UploadRefusal['code'] | 'delimiter';
  readonly detail: string;
}

const DELIMITERS: readonly (readonly [string, string])[] = [
  ['\t', 'tabs'],
  [';', 'semicolons'],
  ['|', 'vertical bars'],
  ['；', 'full-width semicolons'],
  ['，', 'full-width commas'],
];
/** Names go into the catalog: what may be a person's must not, and is not repeated here. */
const NO_HEADER =
  'the first line looks like a record, as an identity or telephone number stands in it: put a line of names before it';
const isOfPerson = (name: string): boolean => /^1[3-9]\d{9}$/.test(name) || gb11643(name);

const MAX_FIELDS = 1000;
const MAX_NAME = 200;

/** What in a header keeps it from naming fields; undefined if nothing does. */
export function headerFault(columns: readonly string[] | undefined): InferRefusal | undefined {
  const header = (detail: string): InferRefusal => ({ refusal: 'header', detail });
  if (!columns) return header('the first line is no header that can be read: names, separated by commas');
  const [only = ''] = columns;
  if (columns.length === 1 && only === '') return { refusal: 'empty', detail: 'the file is empty' };
  const found = columns.length === 1 ? DELIMITERS.find(([character]) => only.includes(character)) : undefined;
  if (found)
    return {
      refusal: 'delimiter',
      detail: `the columns seem to be separated by ${found[1]}: save the file with commas`,
    };
  if (columns.length > MAX_FIELDS) return header(`${columns.length} columns; a resource has at most ${MAX_FIELDS}`);
  const unnamed = columns.indexOf('');
  if (unnamed >= 0) return header(`column ${unnamed + 1} has no name: give it one, or leave it out of the file`);
  const long = columns.findIndex((name) => name.length > MAX_NAME);
  if (long >= 0) return header(`the name of column ${long + 1} is longer than ${MAX_NAME} characters`);
  const unusable = columns.findIndex((name) => name.includes('\0') || name.includes('\uFFFD'));
  if (unusable >= 0) return header(`the name of column ${unusable + 1} cannot be decoded`);
  if (columns.some(isOfPerson)) return header(NO_HEADER);
  const repeated = columns.findIndex((name, i) => columns.indexOf(name) < i);
  if (repeated < 0) return undefined;
  return header(`two columns are called ${JSON.stringify(columns[repeated])}: give each a name of its own`);
}

const VALUES = [{ type: 'number' }, { type: 'date' }] as const;
const readers = VALUES.map((field) => logicalTypeOf({ name: 'x', sensitivity: 'internal', ...field }));

/** How many names are numbers or dates: where most are, the first line may be a record. */
export function headerNotes(columns: readonly string[]): Note[] {
  const values = columns.filter((name) => readers.some((reader) => reader?.read(name) !== undefined)).length;
  return values * 2 > columns.length
    ? [
        note(
          '/schema/fields',
          `${values} of ${columns.length} names look like values: is the first line a line of names?`,
        ),
      ]
    : [];
}
