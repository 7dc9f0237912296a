import type { TableSchema } from '../../../../schemas/contracts/definition.ts';
import { missingMarker } from '../../header/columns.ts';
import { errorsColumn } from '../../header/errors-column.ts';
import { formsOf, OWN_FORMS } from '../forms.ts';
import { headed } from '../head.ts';
import type { Member } from './ndjson.ts';

/** The column of `content: changes` that says what to do with a record. */
const OPERATION = '_op';
const NESTING = new Set(['geojson', 'geopoint', 'any']);

export interface MemberOptions {
  readonly changes?: boolean | undefined;
  readonly fixes?: boolean | undefined;
  readonly base?: { readonly columns: readonly string[] } | undefined;
}

/**
 * The members of a resource's objects: its fields, without those that the dataset cannot take which the file joins. A
 * header of CSV leaves such a column out; objects have no header.
 */
export function membersOf(schema: TableSchema, { changes, base }: MemberOptions): Member[] {
  const fields = schema.fields
    .filter(
      (field) =>
        (base?.columns.includes(field.name) ?? true) ||
        (changes === true && missingMarker(field, schema) !== undefined),
    )
    .map((field) => ({ name: field.name, forms: formsOf(field, schema), nests: NESTING.has(field.type) }));
  return changes === true ? [{ name: OPERATION, forms: OWN_FORMS, nests: false }, ...fields] : fields;
}

/** Of mended records: what was wrong with them. */
export const ignoredMembers = (schema: TableSchema, { fixes }: MemberOptions): ReadonlySet<string> =>
  new Set(fixes === true ? [errorsColumn(schema)] : []);

const SAMPLED_LINES = 1000;
const SAMPLED_BYTES = 2 * 1024 * 1024;
const LF = 0x0a;

export interface Sampled {
  readonly members: Member[];
  /** All of the input. */
  readonly input: AsyncIterable<Uint8Array>;
}

/** The members that the first 1,000 objects have, in the order in which they come up. @param input UTF-8 */
export async function sampledMembers(input: AsyncIterable<Uint8Array>): Promise<Sampled> {
  const sample = await headed(input, hasEnough, SAMPLED_BYTES);
  const text = new TextDecoder().decode(sample.head);
  const names = new Set(text.split('\n').slice(0, SAMPLED_LINES).flatMap(namesIn));
  return { members: [...names].map((name) => ({ name, forms: OWN_FORMS, nests: true })), input: sample.input };
}

function hasEnough(head: Uint8Array): boolean {
  let lines = 0;
  for (let at = head.indexOf(LF); at >= 0 && lines < SAMPLED_LINES; at = head.indexOf(LF, at + 1)) lines += 1;
  return lines >= SAMPLED_LINES;
}

function namesIn(line: string): string[] {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  } catch {
    return [];
  }
}
