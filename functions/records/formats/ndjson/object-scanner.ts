import { COMMA, QUOTE } from '../../csv/scanner.ts';

/** What a member of an object is. */
export const ABSENT = 0;
export const NULL = 1;
export const NUMBER = 2;
export const TRUE = 3;
export const FALSE = 4;
/** A string whose bytes are its text. `COMMAS`: with a comma in it. `ESCAPED`: with escapes, its text is beside it. */
export const PLAIN = 5;
export const COMMAS = 6;
export const ESCAPED = 7;
/** An object or an array, as it is written. */
export const NESTED = 8;

const BACKSLASH = 0x5c;
const COLON = 0x3a;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
/** RFC 8259, section 9: an implementation may bound the depth. */
const MAX_DEPTH = 512;
const BROKEN = -1;

/** Bytes that end an ordinary run within a string: the quote, the backslash, the comma (CSV), and control characters. */
const SPECIAL = new Uint8Array(256).fill(1, 0, 0x20);
SPECIAL[QUOTE] = SPECIAL[BACKSLASH] = SPECIAL[COMMA] = 1;

/**
 * Members of one JSON object (RFC 8259), found on its bytes: numbers keep their digits, and a name that stands twice is
 * seen. Strings with escapes and nested values, which are few, are left to `JSON.parse`.
 */
export class ObjectScanner {
  /** Of each name: what its member is, and the bytes [starts, ends), within the quotes of a string. */
  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly texts: string[];
  private readonly indexes: ReadonlyMap<string, number>;
  private readonly names: readonly Buffer[];
  private readonly ignored: ReadonlySet<string>;
  private bytes: Buffer = Buffer.alloc(0);
  private end = 0;
  /** Of the value just read. */
  private kind = ABSENT;
  private text = '';

  /** @param ignored names whose members are of no consequence. */
  constructor(names: readonly string[], ignored: ReadonlySet<string>) {
    this.indexes = new Map(names.map((name, i) => [name, i]));
    this.names = names.map((name) => Buffer.from(name, 'utf8'));
    this.ignored = ignored;
    this.kinds = new Uint8Array(names.length);
    this.starts = new Int32Array(names.length);
    this.ends = new Int32Array(names.length);
    this.texts = names.map(() => '');
  }

  /** The rule that a line breaks as a whole: `json` if it is no object, `columns` for an unknown or repeated name. */
  scan(bytes: Buffer, start: number, end: number): 'json' | 'columns' | undefined {
    this.bytes = bytes;
    this.end = end;
    this.kinds.fill(ABSENT);
    let at = this.space(start);
    if (at >= end || bytes[at] !== OPEN_BRACE) return 'json';
    at = this.space(at + 1);
    let foreign = false;
    if (bytes[at] === CLOSE_BRACE && at < end) return this.endsAt(at + 1) ? undefined : 'json';
    for (let expected = 0; ;) {
      const nameStart = at + 1;
      at = at < end && bytes[at] === QUOTE ? this.string(at) : BROKEN;
      if (at < 0) return 'json';
      const index = this.indexOf(nameStart, at - 1, expected);
      at = this.space(at);
      if (at >= end || bytes[at] !== COLON) return 'json';
      const valueStart = this.space(at + 1);
      at = this.value(valueStart);
      if (at < 0) return 'json';
      if (index >= 0 && this.kinds[index] === ABSENT) this.keep(index, valueStart, at);
      else if (index !== IGNORED) foreign = true;
      expected = index + 1;
      at = this.space(at);
      if (at >= end) return 'json';
      if (bytes[at] === CLOSE_BRACE) break;
      if (bytes[at] !== COMMA) return 'json';
      at = this.space(at + 1);
    }
    if (!this.endsAt(at + 1)) return 'json';
    return foreign ? 'columns' : undefined;
  }

  private keep(index: number, start: number, end: number): void {
    const quote = this.kind >= PLAIN && this.kind <= ESCAPED ? 1 : 0;
    this.kinds[index] = this.kind;
    this.starts[index] = start + quote;
    this.ends[index] = end - quote;
    if (this.kind === ESCAPED) this.texts[index] = this.text;
  }

  /** Members mostly stand in the order of the names. UNKNOWN, or IGNORED, if it is none of them. */
  private indexOf(start: number, end: number, expected: number): number {
    if (this.kind !== ESCAPED) {
      const name = this.names[expected];
      if (name !== undefined && this.isAt(name, start, end)) return expected;
    }
    const text = this.kind === ESCAPED ? this.text : this.bytes.toString('utf8', start, end);
    return this.indexes.get(text) ?? (this.ignored.has(text) ? IGNORED : UNKNOWN);
  }

  private isAt(name: Buffer, start: number, end: number): boolean {
    if (end - start !== name.length) return false;
    for (let i = 0; i < name.length; i += 1) if (this.bytes[start + i] !== name[i]) return false;
    return true;
  }

  private space(at: number): number {
    const { bytes, end } = this;
    let i = at;
    for (; i < end; i += 1) {
      const byte = bytes[i] ?? 0;
      if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) break;
    }
    return i;
  }

  private endsAt(at: number): boolean {
    return this.space(at) === this.end;
  }

  /** Where the value ends, or BROKEN. */
  private value(at: number): number {
    if (at >= this.end) return BROKEN;
    const first = this.bytes[at] ?? 0;
    if (first === QUOTE) return this.string(at);
    if (first === MINUS || (first >= ZERO && first <= NINE)) return this.number(at);
    if (first === OPEN_BRACE || first === OPEN_BRACKET) return this.nested(at);
    if (first === 0x6e) return this.word(at, WORD_NULL, NULL);
    if (first === 0x74) return this.word(at, WORD_TRUE, TRUE);
    return first === 0x66 ? this.word(at, WORD_FALSE, FALSE) : BROKEN;
  }

  private word(at: number, word: Buffer, kind: number): number {
    this.kind = kind;
    const end = at + word.length;
    return end <= this.end && this.isAt(word, at, end) ? end : BROKEN;
  }

  private number(at: number): number {
    const { bytes } = this;
    this.kind = NUMBER;
    let i = bytes[at] === MINUS ? at + 1 : at;
    const whole = i;
    i = this.digits(i);
    if (i === whole || (bytes[whole] === ZERO && i > whole + 1)) return BROKEN;
    if (i < this.end && bytes[i] === POINT) {
      const fraction = i + 1;
      i = this.digits(fraction);
      if (i === fraction) return BROKEN;
    }
    if (i < this.end && ((bytes[i] ?? 0) | 0x20) === 0x65) {
      i += 1;
      if (i < this.end && (bytes[i] === PLUS || bytes[i] === MINUS)) i += 1;
      const exponent = i;
      i = this.digits(exponent);
      if (i === exponent) return BROKEN;
    }
    return i;
  }

  private digits(at: number): number {
    const { bytes, end } = this;
    let i = at;
    while (i < end && (bytes[i] ?? 0) >= ZERO && (bytes[i] ?? 0) <= NINE) i += 1;
    return i;
  }

  /** From its opening quote to behind its closing one. */
  private string(at: number): number {
    const { bytes, end } = this;
    this.kind = PLAIN;
    let escaped = false;
    for (let i = at + 1; i < end; i += 1) {
      const byte = bytes[i] ?? 0;
      if (SPECIAL[byte] === 0) continue;
      if (byte === QUOTE) return escaped ? this.unescaped(at, i + 1) : i + 1;
      if (byte === COMMA) this.kind = COMMAS;
      else if (byte === BACKSLASH) {
        escaped = true;
        i += 1;
      } else return BROKEN;
    }
    return BROKEN;
  }

  /** A lone surrogate is no text. */
  private unescaped(start: number, end: number): number {
    const text = parsed(this.bytes.toString('utf8', start, end));
    if (typeof text !== 'string' || !text.isWellFormed()) return BROKEN;
    this.kind = ESCAPED;
    this.text = text;
    return end;
  }

  /** Finds the end by the brackets alone; whether it is JSON, `JSON.parse` says. */
  private nested(at: number): number {
    const { bytes, end } = this;
    let depth = 0;
    for (let i = at; i < end; i += 1) {
      const byte = bytes[i] ?? 0;
      if (byte === QUOTE) {
        i = this.stringEnd(i);
        if (i < 0) return BROKEN;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        depth += 1;
        if (depth > MAX_DEPTH) return BROKEN;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth -= 1;
        if (depth > 0) continue;
        this.kind = NESTED;
        return parsed(bytes.toString('utf8', at, i + 1)) === undefined ? BROKEN : i + 1;
      }
    }
    return BROKEN;
  }

  /** The closing quote of the string that opens there. */
  private stringEnd(at: number): number {
    const { bytes, end } = this;
    for (let i = at + 1; i < end; i += 1) {
      if (bytes[i] === QUOTE) return i;
      if (bytes[i] === BACKSLASH) i += 1;
    }
    return BROKEN;
  }
}

const UNKNOWN = -1;
const IGNORED = -2;
const WORD_NULL = Buffer.from('null');
const WORD_TRUE = Buffer.from('true');
const WORD_FALSE = Buffer.from('false');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
