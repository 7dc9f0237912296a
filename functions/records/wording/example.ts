import type { Field } from '../../../schemas/contracts/definition.ts';
import { type Column, columnOf, judge } from '../types/column.ts';
import { OTHERS, treeOf, type Tree } from '../types/patterns/regex-tree.ts';
import { formatOf } from '../types/temporal.ts';
import { categoryValues } from '../types/rules.ts';
import { written } from './strftime.ts';

/** A value that the field accepts, to show how one is written; undefined where none of the usual ones is. */
export function exampleOf(field: Field): string | undefined {
  const column = columnOf(field, { fields: [field], missingValues: [''] });
  return candidates(field).find((text) => isGood(column, text));
}

const isGood = (column: Column, text: string): boolean =>
  text.length <= MAX_LENGTH && judge(column, text).kind === 'good';
/** A longer one shows nothing. */
const MAX_LENGTH = 40;

function candidates(field: Field): string[] {
  const {
    example,
    constraints: { minimum, maximum, enum: listed, pattern, minLength } = {},
    categories,
    check,
  } = field;
  const stated = [example, ...(listed ?? []), ...(categories ? categoryValues(categories) : [])];
  return [
    ...stated.filter((value) => typeof value !== 'object' && value !== undefined).map(String),
    ...(check ? CODES[check] : []),
    ...(pattern === undefined ? [] : matching(pattern)),
    ...usual(field),
    ...[minimum, maximum].filter((bound) => bound !== undefined).map(String),
    ...beyond(minimum, 1),
    ...beyond(field.constraints?.exclusiveMinimum, 1),
    ...beyond(field.constraints?.exclusiveMaximum, -1),
    ...(minLength === undefined ? [] : ['文'.repeat(Math.min(minLength, MAX_LENGTH))]),
  ];
}

const beyond = (bound: string | number | undefined, step: number): string[] =>
  bound !== undefined && Number.isFinite(Number(bound)) ? [String(Number(bound) + step)] : [];

/** The examples of the standards. */
const CODES: Readonly<Record<NonNullable<Field['check']>, readonly string[]>> = {
  gb11714: ['00251805-7', '002518057'],
  gb32100: ['91350100M000100Y43'],
  gb11643: ['11010519491231002X'],
};

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  email: ['name@example.gov.cn'],
  uri: ['https://example.gov.cn/a'],
  binary: ['YWJj'],
  uuid: ['123e4567-e89b-12d3-a456-426614174000'],
};

const BY_TYPE: Readonly<Record<Field['type'], (field: Field) => readonly string[]>> = {
  string: ({ format }) => FORMATS[format ?? ''] ?? ['文字', '1', 'A'],
  any: () => ['文字'],
  integer: () => ['12', '1200', '1', '0'],
  number: ({ decimalChar = '.' }) => [`12${decimalChar}50`, `0${decimalChar}5`, '1', '0'],
  boolean: ({ trueValues = ['true'] }) => trueValues,
  date: (field) => moment(field, '2026-12-31'),
  datetime: (field) => moment(field, '2026-12-31T15:30:00'),
  time: (field) => moment(field, '15:30:00'),
  year: () => ['2026'],
  yearmonth: () => ['2026-12'],
  geopoint: ({ format = 'default' }) => [
    { array: '[116.39, 39.91]', object: '{"lon": 116.39, "lat": 39.91}' }[format] ?? '116.39, 39.91',
  ],
  geojson: ({ format }) => [
    format === 'topojson'
      ? '{"type":"Topology","objects":{},"arcs":[]}'
      : '{"type":"Point","coordinates":[116.39,39.91]}',
  ],
};
const usual = (field: Field): readonly string[] => BY_TYPE[field.type](field);

function moment({ format }: Field, plain: string): string[] {
  const name = formatOf(format);
  return [name.includes('%') ? written(name) : plain];
}

/** A text of the pattern, for patterns of the plain syntax: digits count up, repetitions are as short as they may be. */
function matching(pattern: string): string[] {
  const tree = treeOf(pattern);
  if (!tree) return [];
  const next = { digit: 0 };
  const text = textOf(tree, next);
  return text === undefined ? [] : [text];
}

function textOf(tree: Tree, next: { digit: number }): string | undefined {
  if (tree.kind === 'set') return characterOf(tree.set, next);
  if (tree.kind === 'choice') return tree.parts[0] && textOf(tree.parts[0], next);
  if (tree.kind === 'repeat')
    return joined(Array.from({ length: Math.min(tree.least, MAX_LENGTH + 1) }, () => textOf(tree.part, next)));
  return joined(tree.parts.map((part) => textOf(part, next)));
}

const joined = (parts: readonly (string | undefined)[]): string | undefined =>
  parts.includes(undefined) ? undefined : parts.join('');

function characterOf(set: Uint8Array, next: { digit: number }): string | undefined {
  const digit = String((next.digit + 1) % 10);
  if (set[digit.charCodeAt(0)] === 1) {
    next.digit += 1;
    return digit;
  }
  const preferred = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-';
  const found = Array.from(preferred).find((character) => set[character.charCodeAt(0)] === 1);
  if (found !== undefined) return found;
  const code = set.indexOf(1);
  return code < 0 || code === OTHERS ? undefined : String.fromCharCode(code);
}
