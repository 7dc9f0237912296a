import type { Constraints, Field } from '../../../schemas/contracts/definition.ts';
import { CODE_CHECKS, WEIGHTED_CODES } from '../checks/index.ts';
import {
  type CellRule,
  type CellTest,
  DATE,
  GOOD,
  GOOD_OTHERWISE,
  INTEGER,
  MISSING,
  NUMBER,
  OTHER,
  TABLE,
  TEXT,
  UNSURE,
} from '../csv/cell-rule.ts';
import { DOUBLED } from '../csv/cells.ts';
import { patternTable } from '../types/ascii-dfa.ts';
import { tableOfTexts } from '../types/byte-table.ts';
import { certainOf } from '../types/certain/index.ts';
import { listedTexts } from '../types/certain/list.ts';
import { type Column, judge } from '../types/column.ts';
import { formatTable } from '../types/format-table.ts';
import { formatOf } from '../types/temporal.ts';

type Bounds = Pick<CellRule, 'least' | 'most' | 'above' | 'below'>;
type Quick = Pick<CellRule, 'kind'> & Partial<Pick<CellRule, 'table' | 'code' | 'weighted' | 'good'> & Bounds>;

const UNBOUNDED: Bounds = {
  least: Number.NEGATIVE_INFINITY,
  most: Number.POSITIVE_INFINITY,
  above: Number.NEGATIVE_INFINITY,
  below: Number.POSITIVE_INFINITY,
};

/**
 * How the fast way is certain of a column's cells: by the numbers and tables of `FastScan` where the field is plain
 * enough, and otherwise by the slow way's own judgement, without its words.
 * @param width columns of the file, among which memory is shared out.
 */
export function cellRuleOf(column: Column, width: number): CellRule {
  const quick = listRule(column) ?? quickRule(column.field) ?? { kind: OTHER };
  const markers = [...column.missing].filter((text) => text !== '').map((text) => Buffer.from(text, 'utf8'));
  const repeats = quick.kind !== TEXT && (column.field.type === 'string' || column.field.type === 'boolean');
  return {
    good: GOOD,
    ...UNBOUNDED,
    ...quick,
    empty: column.missing.has('') && !column.required ? MISSING : UNSURE,
    markers,
    otherwise: byBytes(
      column,
      markers,
      repeats ? remembering(column, Math.floor(REMEMBERED_IN_ALL / width)) : judging(column),
    ),
  };
}

function quickRule(field: Field): Quick | undefined {
  const { type, check, constraints = {} } = field;
  const plain =
    (formatOf(field.format) === 'default' || type === 'string') &&
    field.categories === undefined &&
    (check === undefined || type === 'string');
  const only = (...names: string[]): boolean =>
    plain && Object.keys(constraints).every((name) => ['required', 'unique', ...names].includes(name));
  if (type === 'any' && only()) return { kind: TEXT };
  if (type === 'string' && only('minLength', 'maxLength', 'pattern')) return textRule(field, constraints);
  if (type === 'date' && only('minimum', 'maximum')) return { kind: DATE, ...dateBounds(constraints) };
  return (type === 'integer' || type === 'number') && only(...BOUNDS) ? numberRule(field, constraints) : undefined;
}

/** Values that can only be a few: how they are usually written. */
function listRule(column: Column): Quick | undefined {
  const texts = listedTexts(column);
  const table = texts && tableOfTexts(texts);
  const isOwn = (text: string): boolean => column.type.canonical(column.type.read(text)) === text;
  return table && { kind: TABLE, table, good: texts.every(isOwn) ? GOOD : GOOD_OTHERWISE };
}

function textRule(
  field: Field,
  { pattern, minLength = 0, maxLength = UNBOUNDED.most }: Constraints,
): Quick | undefined {
  const format = formatOf(field.format);
  const code = field.check && { code: CODE_CHECKS[field.check], weighted: WEIGHTED_CODES[field.check] };
  const bounds = { least: minLength, most: maxLength };
  if (pattern === undefined && format === 'default') return { kind: TEXT, ...code, ...bounds };
  if (pattern !== undefined && format !== 'default') return undefined;
  const { table, most } =
    pattern === undefined ? (formatTable(format) ?? NO_TABLE) : { table: patternTable(pattern), most: maxLength };
  return table && { kind: TABLE, table, ...code, ...bounds, most: Math.min(most, maxLength) };
}

const NO_TABLE = { table: undefined, most: 0 };

const dateBounds = ({ minimum, maximum }: Constraints): Pick<Bounds, 'least' | 'most'> => ({
  least: Number(String(minimum ?? '0001-01-01').replaceAll('-', '')),
  most: Number(String(maximum ?? '9999-12-31').replaceAll('-', '')),
});

const BOUNDS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'];

/** Only with bounds that a double holds exactly. */
function numberRule(field: Field, constraints: Constraints): Quick | undefined {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = constraints;
  const bare = field.groupChar === undefined && field.bareNumber !== false && (field.decimalChar ?? '.') === '.';
  const exact = [minimum, exclusiveMinimum, maximum, exclusiveMaximum].every(
    (bound) => bound === undefined || /^-?\d{1,15}$|^-?(?=[\d.]{2,16}$)\d+\.\d+$/.test(String(bound)),
  );
  if (!bare || !exact) return undefined;
  return {
    kind: field.type === 'number' ? NUMBER : INTEGER,
    least: Number(minimum ?? UNBOUNDED.least),
    above: Number(exclusiveMinimum ?? UNBOUNDED.above),
    most: Number(maximum ?? UNBOUNDED.most),
    below: Number(exclusiveMaximum ?? UNBOUNDED.below),
  };
}

/** The column's test of bytes, and the judgement of a text where that is not certain. The bytes of a string are its value. */
function byBytes(column: Column, markers: readonly Buffer[], judged: CellTest): CellTest {
  const certain = certainOf(column);
  if (!certain) return judged;
  const good = column.field.type === 'string' ? GOOD : GOOD_OTHERWISE;
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
