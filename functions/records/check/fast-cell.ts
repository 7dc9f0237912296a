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
import { FALSE_VALUES, TRUE_VALUES } from '../types/boolean.ts';
import { type ByteTable, tableOfTexts } from '../types/byte-table.ts';
import type { Certain } from '../types/certain/contract.ts';
import { certainOf } from '../types/certain/index.ts';
import { type Column, judge } from '../types/column.ts';
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
  const quick = quickRule(column.field) ?? { kind: OTHER };
  const markers = [...column.missing].filter((text) => text !== '').map((text) => Buffer.from(text, 'utf8'));
  const repeats = quick.kind !== TEXT && (column.field.type === 'string' || column.field.type === 'boolean');
  return {
    good: GOOD,
    ...UNBOUNDED,
    ...quick,
    empty: column.missing.has('') && !column.required ? MISSING : UNSURE,
    markers,
    otherwise: byBytes(
      certainOf(column),
      markers,
      repeats ? remembering(column, Math.floor(REMEMBERED_IN_ALL / width)) : judging(column),
    ),
  };
}

function quickRule(field: Field): Quick | undefined {
  const { type, check, constraints = {} } = field;
  const plain =
    formatOf(field.format) === 'default' &&
    field.categories === undefined &&
    (check === undefined || type === 'string');
  const only = (...names: string[]): boolean =>
    plain && Object.keys(constraints).every((name) => ['required', 'unique', ...names].includes(name));
  if (type === 'any' && only()) return { kind: TEXT };
  if (type === 'string' && only('minLength', 'maxLength', 'pattern')) return textRule(field, constraints);
  if (type === 'string' && only('enum')) return tableRule(field, tableOfTexts(textsOf(constraints.enum)));
  if (type === 'boolean' && only()) return booleanRule(field);
  if (type === 'date' && only('minimum', 'maximum')) return { kind: DATE, ...dateBounds(constraints) };
  return (type === 'integer' || type === 'number') && only(...BOUNDS) ? numberRule(field, constraints) : undefined;
}

function textRule(field: Field, { pattern, minLength, maxLength }: Constraints): Quick | undefined {
  const rule = pattern === undefined ? { kind: TEXT, ...codeOf(field) } : tableRule(field, patternTable(pattern));
  return rule && { ...rule, least: minLength ?? 0, most: maxLength ?? Number.POSITIVE_INFINITY };
}

const tableRule = (field: Field, table: ByteTable | undefined): Quick | undefined =>
  table && { kind: TABLE, table, ...codeOf(field) };
const codeOf = ({ check }: Field) => check && { code: CODE_CHECKS[check], weighted: WEIGHTED_CODES[check] };
const textsOf = (list: readonly unknown[] = []): string[] => list.filter((entry) => typeof entry === 'string');

function booleanRule({ trueValues, falseValues }: Field): Quick | undefined {
  const table = tableOfTexts([...(trueValues ?? TRUE_VALUES), ...(falseValues ?? FALSE_VALUES)]);
  return table && { kind: TABLE, table, good: GOOD_OTHERWISE };
}

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

/** The column's test of bytes, and the judgement of a text where that is not certain. */
function byBytes(certain: Certain | undefined, markers: readonly Buffer[], judged: CellTest): CellTest {
  if (!certain) return judged;
  const test: CellTest = (bytes, start, end, flags) =>
    certain(bytes, start, end, (flags & DOUBLED) !== 0) ? GOOD_OTHERWISE : judged(bytes, start, end, flags);
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
