import type { Mask } from '../../../schemas/contracts/terms.ts';
import { type Memory, memoryOf } from '../csv/memory.ts';
import type { AnyOutput } from '../csv/output.ts';

const KEPT_AT_END = 4;

/**
 * A masked value; its length is that of its mask and never that of the value. `last4`: `****` and the last four characters,
 * or eight asterisks for a value of four characters or fewer, which would be shown whole. `first1`: the first character
 * and `**`, or three asterisks for a value of one character or none. `hide`: `***`.
 */
export const masked = (cover: Cover, text: string): string =>
  typeof cover === 'function' ? cover(text) : MASKS[cover](text);

/** What stands in the place of a value: its masked form, or what its consumer asks for an attachment by. */
export type Cover = Mask | Refer;

/** From the name of an attachment to a reference; the same name has the same one throughout an extract. */
export type Refer = (name: string) => string;

const MASKS: Readonly<Record<Mask, (text: string) => string>> = {
  hide: () => '***',
  first1: (text) => {
    const [first, second] = text;
    return first === undefined || second === undefined ? '***' : `${first}**`;
  },
  last4: (text) => {
    const tail = lastCharacters(text, KEPT_AT_END + 1);
    return tail.length <= KEPT_AT_END ? '********' : `****${tail.slice(1).join('')}`;
  },
};

/** At most `count` characters from the end; a long text is not taken apart for them. */
const lastCharacters = (text: string, count: number): string[] =>
  Array.from(text.slice(startOfLast(text, count * 2))).slice(-count);

/** Not within a pair of surrogates. */
function startOfLast(text: string, units: number): number {
  const start = Math.max(0, text.length - units);
  const unit = text.charCodeAt(start);
  return unit >= 0xdc00 && unit <= 0xdfff ? start + 1 : start;
}

const HIDDEN = memoryOf('***');
const STARS = memoryOf('********');

/** Writes the masked form of a value that stands as UTF-8 in [start, end), as `masked` makes it. */
export const maskBytes = (mask: Mask, memory: Memory, start: number, end: number, output: AnyOutput): void =>
  BYTE_MASKS[mask](memory, start, end, output);

const BYTE_MASKS: Readonly<Record<Mask, (memory: Memory, start: number, end: number, output: AnyOutput) => void>> = {
  hide: (_memory, _start, _end, output) => output.copy(HIDDEN, 0, 3),
  first1: (memory, start, end, output) => {
    const second = characterEnd(memory.bytes, start, end);
    if (second >= end) return output.copy(HIDDEN, 0, 3);
    output.copy(memory, start, second);
    output.copy(STARS, 0, 2);
  },
  last4: (memory, start, end, output) => {
    const kept = tailStart(memory.bytes, start, end, KEPT_AT_END);
    output.copy(STARS, 0, kept === start ? 8 : 4);
    if (kept > start) output.copy(memory, kept, end);
  },
};

function characterEnd(bytes: Buffer, start: number, end: number): number {
  let i = start + 1;
  while (i < end && isContinuation(bytes[i])) i += 1;
  return i;
}

/** Where the last `count` characters begin; the start if there are no more than these. */
function tailStart(bytes: Buffer, start: number, end: number, count: number): number {
  let left = count;
  let i = end;
  while (i > start && left > 0) {
    i -= 1;
    if (!isContinuation(bytes[i])) left -= 1;
  }
  return i;
}

/** Of a character of UTF-8 that has begun before. */
const isContinuation = (byte = 0): boolean => (byte & 0xc0) === 0x80;
