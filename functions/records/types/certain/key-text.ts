import type { Field } from '../../../../schemas/contracts/definition.ts';
import { isoDate } from '../moment.ts';
import { MAX_MOMENT_BYTES, momentKind } from './moment.ts';
import { type Parts, PLACE, POSITIONS } from './parts.ts';

/**
 * Writes the canonical text of a good moment from what was read of it, without a string of its bytes, to the beginning of `into`.
 * Answers how long it is.
 * @param start of the text in `bytes`
 */
export type KeyText = (parts: Parts, bytes: Uint8Array, start: number, into: Uint8Array) => number;

/** Room that a canonical text takes at most. */
export const KEY_TEXT_BYTES = MAX_MOMENT_BYTES + 32;

/** Undefined for types other than those of moments. */
export function keyTextOf(field: Field): KeyText | undefined {
  if (!MOMENTS.has(field.type)) return undefined;
  const kind = momentKind(field);
  const position = POSITIONS[kind];
  return (parts, bytes, start, into) => {
    const at = position(parts);
    if (kind === 'date') return asciiOf(isoDate(at), into);
    const days = Math.floor(at / DAY_SECONDS);
    let i = digitsOf(days, into, 0);
    into[i] = LETTER_T;
    i = digitsOf(at - days * DAY_SECONDS, into, i + 1);
    into[i] = POINT;
    i += 1;
    const fraction = parts[PLACE.fraction] ?? 0;
    let from = start + (fraction >> 8);
    let to = from + (fraction & 0xff);
    while (to > from && bytes[to - 1] === ZERO) to -= 1;
    for (; from < to; from += 1, i += 1) into[i] = bytes[from] ?? 0;
    return i;
  };
}

const MOMENTS: ReadonlySet<Field['type']> = new Set(['date', 'time', 'datetime', 'year', 'yearmonth']);
const DAY_SECONDS = 86_400;
const LETTER_T = 0x54;
const POINT = 0x2e;
const ZERO = 0x30;
const MINUS = 0x2d;

function asciiOf(text: string, into: Uint8Array): number {
  for (let i = 0; i < text.length; i += 1) into[i] = text.charCodeAt(i);
  return text.length;
}

/** Writes an integer. Answers where it ends. */
function digitsOf(value: number, into: Uint8Array, at: number): number {
  let size = 1;
  for (let rest = Math.abs(value); rest > 9; rest = Math.trunc(rest / 10)) size += 1;
  const first = value < 0 ? at + 1 : at;
  if (value < 0) into[at] = MINUS;
  let rest = Math.abs(value);
  for (let i = first + size - 1; i >= first; i -= 1) {
    const tens = Math.trunc(rest / 10);
    into[i] = ZERO + rest - tens * 10;
    rest = tens;
  }
  return first + size;
}
