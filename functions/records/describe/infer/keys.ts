import type { Field } from '../../../../schemas/contracts/definition.ts';
import { isCodeName, isIdName } from './hints.ts';
import type { Profile } from './profile.ts';

/** Pairs that are tried on the file, and the rows from which on a pair means anything. */
const MAX_PAIRS = 3;
const MAX_PARTS = 6;
const LEAST_ROWS = 10;

/** The one field that names a record: unique, never missing, and an id before a code. */
export function keyOf(fields: readonly Field[]): string | undefined {
  const could = fields.filter(({ constraints }) => constraints?.unique === true && constraints.required === true);
  return (could.find(({ name }) => isIdName(name)) ?? could[0])?.name;
}

/**
 * Keys to try where no field is called an id: days of a series and the first column by themselves, then pairs of fields.
 * Whether they name every record, the check of the file says.
 */
export function keysToTry(fields: readonly Field[], profiles: readonly Profile[], rows: number): string[][] {
  if (rows < LEAST_ROWS) return [];
  const parts = fields.flatMap((field, i): Part[] => {
    const profile = profiles[i];
    const weight = profile && field.constraints?.required === true ? weightOf(field, profile) : 0;
    if (!profile || weight === 0) return [];
    const { count, exact } = profile.distinct;
    const alone = exact ? count === profile.present : count >= profile.present * (1 - ESTIMATE_ERROR);
    return [{ name: field.name, weight, count, alone, leads: i === 0 || MOMENTS.has(field.type) }];
  });
  const single = parts.filter(({ alone, leads }) => alone && leads).slice(0, MAX_PAIRS);
  return [...single.map(({ name }) => [name]), ...pairsOf(parts, fields, rows)];
}

interface Part {
  readonly name: string;
  readonly weight: number;
  readonly count: number;
  /** As far as is known, no two records have the same value: with it, any pair is a key and says nothing. */
  readonly alone: boolean;
  readonly leads: boolean;
}

function pairsOf(all: readonly Part[], fields: readonly Field[], rows: number): string[][] {
  const parts = all
    .filter(({ alone }) => !alone)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, MAX_PARTS);
  return parts
    .flatMap((a, i) => parts.slice(i + 1).map((b) => [a, b] as const))
    .filter(([a, b]) => a.count > 1 && b.count > 1 && a.count * b.count >= rows)
    .toSorted((x, y) => y[0].weight + y[1].weight - x[0].weight - x[1].weight)
    .slice(0, MAX_PAIRS)
    .map(([a, b]) => inOrder([a.name, b.name], fields));
}

/** Of an estimate of different values. */
export const ESTIMATE_ERROR = 0.06;

const inOrder = (names: readonly string[], fields: readonly Field[]): string[] =>
  fields.map(({ name }) => name).filter((name) => names.includes(name));

const MOMENTS: ReadonlySet<Field['type']> = new Set(['date', 'datetime', 'year', 'yearmonth', 'time']);
const LONGEST_PART = 60;

/** Measures are no part of a key; ids, codes and days are before words. */
function weightOf({ name, type, sensitivity }: Field, { longest }: Profile): number {
  if (sensitivity !== 'internal') return 0;
  if (isIdName(name)) return 4;
  if (isCodeName(name) || MOMENTS.has(type)) return 3;
  return type === 'string' && longest <= LONGEST_PART ? 1 : 0;
}
