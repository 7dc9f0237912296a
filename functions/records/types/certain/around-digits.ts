import type { Decimal } from '../decimal.ts';
import type { LogicalType } from '../logical-type.ts';
import { isDigit } from './digits.ts';

/** Different texts around numbers that are remembered. */
const ROOM = 1000;
const LONGEST = 64;

/**
 * Text before the first digit of a value and behind the last (`bareNumber: false`). Whether it may stand there, and with which
 * sign, does not depend on the digits: it is asked of the type with one digit in their place, and remembered.
 */
export class AroundDigits {
  private readonly type: LogicalType;
  private readonly point: Uint8Array | undefined;
  /** 0 for texts that do not stand around a number. */
  private readonly signs = new Map<string, number>();
  /** What was found last comes again most often. */
  private last = Buffer.alloc(0);
  private lastBefore = 0;
  /** Hears of what was found last, where that is some text around a number. */
  private tell: (before: Uint8Array, after: Uint8Array, sign: number) => void = () => undefined;

  constructor(type: LogicalType, point: Uint8Array | undefined) {
    this.type = type;
    this.point = point;
  }

  tells(tell: (before: Uint8Array, after: Uint8Array, sign: number) => void): void {
    this.tell = tell;
  }

  /** Looks at what stands around the digits of a value, if it has any. */
  learn(bytes: Uint8Array, start: number, end: number): void {
    let from = start;
    while (from < end && !isDigit(bytes[from])) from += 1;
    let to = end;
    while (to > from && !isDigit(bytes[to - 1])) to -= 1;
    if (from === to || from - start + end - to > LONGEST || this.isPointed(bytes, start, from, to, end)) return;
    if (!this.isLast(bytes, start, from, to, end)) this.look(bytes, start, from, to, end);
  }

  /** A decimal character beside the digits may be their own. */
  private isPointed(bytes: Uint8Array, start: number, from: number, to: number, end: number): boolean {
    const { point } = this;
    if (!point) return false;
    return (from > start && bytes[from - 1] === point.at(-1)) || (to < end && bytes[to] === point[0]);
  }

  private isLast(bytes: Uint8Array, start: number, from: number, to: number, end: number): boolean {
    const { last } = this;
    const before = from - start;
    if (before !== this.lastBefore || before + end - to !== last.length) return false;
    for (let i = 0; i < before; i += 1) if (bytes[start + i] !== last[i]) return false;
    for (let i = before; i < last.length; i += 1) if (bytes[to - before + i] !== last[i]) return false;
    return true;
  }

  private look(bytes: Uint8Array, start: number, from: number, to: number, end: number): void {
    const before = Buffer.from(bytes.subarray(start, from));
    const after = Buffer.from(bytes.subarray(to, end));
    const text = `${before.toString('utf8')}7${after.toString('utf8')}`;
    let sign = this.signs.get(text);
    if (sign === undefined) {
      sign = (this.type.read(text) as Decimal | undefined)?.sign ?? 0;
      if (this.signs.size === ROOM) this.signs.clear();
      this.signs.set(text, sign);
    }
    this.last = Buffer.concat([before, after]);
    this.lastBefore = before.length;
    if (sign !== 0 && this.last.length > 0) this.tell(before, after, sign);
  }
}
