import type { Field } from '../../../schemas/contracts/definition.ts';

/** 1: a higher bound is tighter, -1: a lower one. */
export type Direction = 1 | -1;

export type Turn = 'tighter' | 'looser';

type Bound = string | number | undefined;

/** What cannot be compared may be both. */
export function boundChange(field: Field, before: Bound, now: Bound, direction: Direction): readonly Turn[] {
  if (now === before) return [];
  if (before === undefined || now === undefined) return [now === undefined ? 'looser' : 'tighter'];
  const order = compared(field, before, now);
  if (order === undefined) return ['tighter', 'looser'];
  if (order === 0) return [];
  return [order * direction > 0 ? 'tighter' : 'looser'];
}

/** Sign of `now` against `before`; undefined where the written forms alone do not tell. */
function compared(
  { type, format = 'default', decimalChar = '.', groupChar }: Field,
  before: string | number,
  now: string | number,
): number | undefined {
  if (typeof before === 'string' || typeof now === 'string') {
    if (format !== 'default' || decimalChar !== '.' || groupChar !== undefined) return undefined;
    // The default forms of these types have a fixed width and begin with what counts most (Table Schema v2, Field types).
    if (type === 'date' || type === 'time' || type === 'yearmonth') return comparedText(String(before), String(now));
  }
  const [left, right] = [Number(before), Number(now)];
  const exact =
    Number.isFinite(left) &&
    Number.isFinite(right) &&
    Math.max(Math.abs(left), Math.abs(right)) <= Number.MAX_SAFE_INTEGER;
  return exact ? Math.sign(right - left) : undefined;
}

const isoForm = /^(\d{4}-\d{2}-\d{2}|\d{4}-\d{2}|\d{2}:\d{2}:\d{2})$/;

function comparedText(before: string, now: string): number | undefined {
  if (!isoForm.test(before) || !isoForm.test(now)) return undefined;
  return now < before ? -1 : 1;
}
