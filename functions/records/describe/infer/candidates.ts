import type { Field, FieldType } from '../../../../schemas/contracts/definition.ts';
import { logicalTypeOf } from '../../types/type-of.ts';

/** A way to read all values of a column, strictest first: of those that no value contradicts, the first is proposed. */
export interface Candidate {
  readonly type: FieldType;
  readonly options: Partial<Field>;
  readonly reads: (text: string) => boolean;
}

const plainField = { name: 'x', sensitivity: 'internal' } as const;

function candidate(type: FieldType, options: Partial<Field> = {}, shape?: RegExp): Candidate {
  const logical = logicalTypeOf({ ...plainField, type, ...options });
  if (!logical) throw new Error(`the type ${type} has no such format`);
  return {
    type,
    options,
    reads: (text) =>
      text.length <= MAX_LENGTH && (shape === undefined || shape.test(text)) && logical.read(text) !== undefined,
  };
}

/** Of no type but text; a bound on the work of one cell. */
const MAX_LENGTH = 1000;

const pair = (yes: string, no: string): Candidate => candidate('boolean', { trueValues: [yes], falseValues: [no] });

const PAIRS: readonly (readonly [string, string])[] = [
  ['是', '否'],
  ['有', '无'],
  ['Y', 'N'],
  ['y', 'n'],
  ['Yes', 'No'],
  ['yes', 'no'],
  ['YES', 'NO'],
  ['T', 'F'],
];

/** Patterns that people write dates in; a shape keeps `%d` from reading what nobody means as a date. */
const DATES: readonly (readonly [string, RegExp])[] = [
  ['%Y/%m/%d', /^\d{4}\/\d\d?\/\d\d?$/],
  ['%Y.%m.%d', /^\d{4}\.\d\d?\.\d\d?$/],
  ['%Y年%m月%d日', /^\d{4}年/],
  ['%Y%m%d', /^(?:19|20)\d{6}$/],
  ['%d/%m/%Y', /^\d\d?\/\d\d?\/\d{4}$/],
  ['%m/%d/%Y', /^\d\d?\/\d\d?\/\d{4}$/],
  ['%d.%m.%Y', /^\d\d?\.\d\d?\.\d{4}$/],
  ['%d-%m-%Y', /^\d\d?-\d\d?-\d{4}$/],
  ['%b %d %Y', /^[A-Za-z]{3} /],
  ['%b %d, %Y', /^[A-Za-z]{3} /],
  ['%B %d, %Y', /^[A-Za-z]{3,9} /],
  ['%d-%b-%Y', /^\d\d?-[A-Za-z]{3}-/],
  ['%d %b %Y', /^\d\d? [A-Za-z]{3} /],
  ['%d %B %Y', /^\d\d? [A-Za-z]{3,9} /],
];

const DATETIMES: readonly (readonly [string, RegExp])[] = [
  '%Y-%m-%d %H:%M:%S',
  '%Y-%m-%d %H:%M:%S.%f',
  '%Y-%m-%d %H:%M',
  '%Y/%m/%d %H:%M:%S',
  '%Y/%m/%d %H:%M',
  '%Y-%m-%dT%H:%M',
  '%d/%m/%Y %H:%M',
  '%m/%d/%Y %H:%M',
].map((format) => [format, /^\d{1,4}[-/]\d\d?[-/]\d{1,4}[T ]\d/] as const);

export const CANDIDATES: readonly Candidate[] = [
  candidate('boolean', {}, /^[a-z]/i),
  ...PAIRS.map(([yes, no]) => pair(yes, no)),
  candidate('date'),
  candidate('yearmonth', {}, /^\d{4}-\d\d$/),
  candidate('datetime'),
  candidate('time'),
  candidate('time', { format: '%H:%M' }, /^\d\d?:\d\d$/),
  ...DATES.map(([format, shape]) => candidate('date', { format }, shape)),
  ...DATETIMES.map(([format, shape]) => candidate('datetime', { format }, shape)),
  candidate('integer', {}, /^[+-]?\d{1,15}$/),
  // More digits than an integer has here are a code.
  candidate('number', {}, /^[+-]?(?!\d{16})[\d.]/),
  candidate('integer', { groupChar: ',' }, /^[+-]?\d{1,3}(?:,\d{3})*$/),
  candidate('number', { groupChar: ',' }, /^[+-]?\d{1,3}(?:,\d{3})*(?:\.\d+)?$/),
  candidate('string', { format: 'email' }, /@/),
  candidate('string', { format: 'uuid' }, /^[\da-f]{8}-/i),
  candidate('string', { format: 'uri' }, /^https?:\/\//i),
  candidate('geojson', {}, /^\s*\{/),
];

export const isPair = ({ type, options }: Candidate): boolean => type === 'boolean' && options.trueValues !== undefined;
export const isWordBoolean = (found: Candidate): boolean => found.type === 'boolean' && !isPair(found);
