import type { Constraints, Field } from '../../../schemas/contracts/definition.ts';
import { CODE_CHECKS, WEIGHTED_CODES } from '../types/checks/index.ts';
import {
  type CellRule,
  type CellTest,
  DATE,
  DECIMAL,
  GOOD,
  GOOD_OTHERWISE,
  INTEGER,
  LIST,
  MISSING,
  MOMENT,
  NUMBER,
  OTHER,
  PATTERN,
  READ,
  TABLE,
  TEXT,
  UNSURE,
} from '../csv/cell-rule.ts';
import { DOUBLED } from '../csv/cells.ts';
import { patternTable } from '../types/patterns/ascii-dfa.ts';
import { type ByteTable, tableOfTexts } from '../types/byte-table.ts';
import type { AroundDigits } from '../types/certain/around-digits.ts';
import { geopointTable } from '../types/certain/geopoint.ts';
import { certainOf } from '../types/certain/index.ts';
import { listedTexts } from '../types/certain/list.ts';
import { momentForms } from '../types/certain/moment.ts';
import { aroundOf, type DecimalForm, decimalForm } from '../types/certain/number.ts';
import { type LearnedPattern, learnedPattern } from '../types/certain/pattern.ts';
import { type Column, judge } from '../types/column.ts';
import { formatTable } from '../types/format-table.ts';
import type { LogicalType } from '../types/logical-type.ts';
import { formatOf } from '../types/temporal.ts';

type Bounds = Pick<CellRule, 'least' | 'most' | 'above' | 'below'>;
type Quick = Pick<CellRule, 'kind'> &
  Partial<
    Pick<CellRule, 'table' | 'code' | 'weighted' | 'good' | 'digits' | 'texts' | 'moment' | 'decimal' | 'learned'> &
      Bounds
  >;

const UNBOUNDED: Bounds = {
  least: Number.NEGATIVE_INFINITY,
  most: Number.POSITIVE_INFINITY,
  above: Number.NEGATIVE_INFINITY,
  below: Number.POSITIVE_INFINITY,
};

/**
 * How the fast way is certain of a column's cells: by numbers and tables that the native scan knows where the field has such, and
 * otherwise by its bytes in JavaScript, or by the slow way's own judgement without its words.
 * @param width columns of the file, among which memory is shared out.
 * @param inKey a key is made of its values
 */
export function cellRuleOf(column: Column, width: number, inKey = false): CellRule {
  const around = aroundOf(column.field, column.type);
  const learned = learnedPattern(column.field);
  const quick = listRule(column) ?? quickRule(column, around, learned, inKey) ?? { kind: OTHER };
  const markers = [...column.missing].filter((text) => text !== '').map((text) => Buffer.from(text, 'utf8'));
  const repeats = quick.kind !== TEXT && (column.field.type === 'string' || column.field.type === 'boolean');
  return {
    good: GOOD,
    digits: 0,
    ...UNBOUNDED,
    ...quick,
    empty: column.missing.has('') && !column.required ? MISSING : UNSURE,
    markers,
    otherwise: byBytes(
      column,
      around,
      learned,
      markers,
      repeats ? remembering(column, Math.floor(REMEMBERED_IN_ALL / width)) : judging(column),
    ),
  };
}

function quickRule(
  { field, type: logical }: Column,
  around: AroundDigits | undefined,
  learned: LearnedPattern | undefined,
  inKey: boolean,
): Quick | undefined {
  const { type, check, constraints = {} } = field;
  const only = (...names: string[]): boolean =>
    field.categories === undefined &&
    (check === undefined || type === 'string') &&
    Object.keys(constraints).every((name) => ['required', 'unique', ...names].includes(name));
  switch (type) {
    case 'any':
      return only() ? { kind: TEXT } : undefined;
    case 'string':
      return only('minLength', 'maxLength', 'pattern') ? textRule(field, constraints, learned) : undefined;
    case 'integer':
    case 'number':
      return only(...BOUNDS) ? numberRule(field, decimalForm(field, logical, around)) : undefined;
    case 'date':
    case 'time':
    case 'datetime':
    case 'year':
    case 'yearmonth':
      return only(...BOUNDS) ? (dateRule(field, constraints) ?? momentRule(field, logical, inKey)) : undefined;
    case 'geopoint':
      return only() ? tableRule(geopointTable(field.format)) : undefined;
    default:
      return undefined;
  }
}

/** Values that can only be a few: how they are usually written. */
function listRule(column: Column): Quick | undefined {
  const texts = listedTexts(column);
  if (!texts) return undefined;
  const table = tableOfTexts(texts);
  if (!table) return { kind: LIST, texts: texts.map((text) => Buffer.from(text)), good: goodByBytes(column) };
  const isOwn = (text: string): boolean => column.type.canonical(column.type.read(text)) === text;
  return { kind: TABLE, table, good: texts.every(isOwn) ? GOOD : GOOD_OTHERWISE };
}

const tableRule = (table: ByteTable | undefined): Quick | undefined =>
  table && { kind: TABLE, table, good: GOOD_OTHERWISE };

function momentRule(field: Field, type: LogicalType, inKey: boolean): Quick | undefined {
  const moment = momentForms(field, type, inKey);
  if (!moment) return undefined;
  const { least, most } = moment.bounds ?? UNBOUNDED;
  return { kind: MOMENT, moment, good: READ, least, most };
}

function textRule(
  field: Field,
  { pattern, minLength = 0, maxLength = UNBOUNDED.most }: Constraints,
  learned: LearnedPattern | undefined,
): Quick | undefined {
  const format = formatOf(field.format);
  const code = field.check && { code: CODE_CHECKS[field.check], weighted: WEIGHTED_CODES[field.check] };
  const bounds = { least: minLength, most: maxLength };
  if (pattern === undefined && format === 'default') return { kind: TEXT, ...code, ...bounds };
  if (pattern === undefined) {
    const known = formatTable(format);
    return known && { kind: TABLE, table: known.table, ...code, ...bounds, most: Math.min(known.most, maxLength) };
  }
  if (format !== 'default') return undefined;
  const table = patternTable(pattern);
  return learned && { kind: table ? TABLE : PATTERN, table, learned, ...code, ...bounds };
}

/** In the default format, with inclusive bounds. */
function dateRule(field: Field, constraints: Constraints): Quick | undefined {
  const { exclusiveMinimum, exclusiveMaximum } = constraints;
  const isPlain = field.type === 'date' && formatOf(field.format) === 'default';
  if (!isPlain || exclusiveMinimum !== undefined || exclusiveMaximum !== undefined) return undefined;
  return { kind: DATE, ...dateBounds(constraints) };
}

const dateBounds = ({ minimum, maximum }: Constraints): Pick<Bounds, 'least' | 'most'> => ({
  least: Number(String(minimum ?? '0001-01-01').replaceAll('-', '')),
  most: Number(String(maximum ?? '9999-12-31').replaceAll('-', '')),
});

const BOUNDS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'];

/** Below 10^15 a double is exact, and so is a quotient of two such numbers compared with another. */
const EXACT_DIGITS = 15;
/** Of an integer that is its own canonical text. */
const PLAIN_DIGITS = 40;

function numberRule(field: Field, decimal: DecimalForm | undefined): Quick | undefined {
  if (!decimal) return undefined;
  const { bounds } = decimal;
  const bare = field.groupChar === undefined && field.bareNumber !== false && (field.decimalChar ?? '.') === '.';
  if (!bare) return { kind: DECIMAL, decimal, good: GOOD_OTHERWISE, ...bounds, digits: bounds ? EXACT_DIGITS : 0 };
  return {
    kind: field.type === 'number' ? NUMBER : INTEGER,
    decimal,
    ...bounds,
    // A longer integer is beyond all bounds, however it is rounded.
    digits: bounds && field.type === 'number' ? EXACT_DIGITS : PLAIN_DIGITS,
  };
}

/** The bytes of a string are its value. */
const goodByBytes = ({ field }: Column): number => (field.type === 'string' ? GOOD : GOOD_OTHERWISE);

/** What a cell is of which the native scan is not sure: the column's test of bytes, if it has one, then the judgement of its text. */
function byBytes(
  column: Column,
  around: AroundDigits | undefined,
  learned: LearnedPattern | undefined,
  markers: readonly Buffer[],
  judged: CellTest,
): CellTest {
  if (around)
    return (bytes, start, end, flags) => {
      around.learn(bytes, start, end);
      return judged(bytes, start, end, flags);
    };
  const certain = certainOf(column, learned);
  if (!certain) return judged;
  const good = goodByBytes(column);
  const test: CellTest = (bytes, start, end, flags) => {
    const doubled = (flags & DOUBLED) !== 0;
    if (start === end || !certain(bytes, start, end, doubled)) return judged(bytes, start, end, flags);
    return doubled ? GOOD_OTHERWISE : good;
  };
  if (markers.length === 0) return test;
  return (bytes, start, end, flags) =>
    markers.some((marker) => marker.equals(bytes.subarray(start, end)))
      ? judged(bytes, start, end, flags)
      : test(bytes, start, end, flags);
}

/** The slow way's own judgement. */
function judging(column: Column): CellTest {
  return (bytes, start, end, flags) => {
    const text = bytes.toString('utf8', start, end);
    const { kind } = judge(column, (flags & DOUBLED) === 0 ? text : text.replaceAll('""', '"'));
    if (kind === 'missing') return MISSING;
    return kind === 'good' ? GOOD_OTHERWISE : UNSURE;
  };
}

/** How many values all columns together remember, and how long they may be: codes and names of places come again and again. */
const REMEMBERED_IN_ALL = 100_000;
const REMEMBERED_BYTES = 64;

/** Patterns and lists: the judgement of a value is kept, for columns whose values repeat. */
function remembering(column: Column, room: number): CellTest {
  const judged = judging(column);
  let known = new Map<string, number>();
  return (bytes, start, end, flags) => {
    if (end - start > REMEMBERED_BYTES || (flags & DOUBLED) !== 0) return judged(bytes, start, end, flags);
    const text = bytes.toString('utf8', start, end);
    const before = known.get(text);
    if (before !== undefined) return before;
    const outcome = judged(bytes, start, end, flags);
    if (known.size >= room) known = new Map();
    known.set(text, outcome);
    return outcome;
  };
}
