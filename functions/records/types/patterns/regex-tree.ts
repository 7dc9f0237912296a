import { isPattern, patternOf } from './pattern.ts';

/**
 * The plain part of a pattern's syntax, as a tree over ASCII: literals, classes, groups, alternatives, repetitions. A
 * pattern with anything else has no tree, and is matched by RE2 alone.
 */
export type Tree =
  | { readonly kind: 'set'; readonly set: AsciiSet; readonly source: string }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Tree[] }
  | { readonly kind: 'repeat'; readonly part: Tree; readonly least: number; readonly most: number };

/** 1 for each ASCII character that belongs, and behind them (`OTHERS`) for any other character. */
export type AsciiSet = Uint8Array;

const ASCII = 128;
/** The place of all characters beyond ASCII: as one, where it is only to be known whether there are any. */
export const OTHERS = ASCII;
const setOf = (belongs: (code: number) => boolean): AsciiSet =>
  Uint8Array.from({ length: ASCII + 1 }, (_, code) => Number(belongs(code)));
const fromPattern = (characters: RegExp, others: boolean): AsciiSet =>
  setOf((code) => (code === OTHERS ? others : characters.test(String.fromCharCode(code))));
const single = (code: number): AsciiSet => setOf((other) => other === Math.min(code, OTHERS));

const CLASSES: Readonly<Record<string, AsciiSet>> = {
  d: fromPattern(/[0-9]/, true),
  D: fromPattern(/[^0-9]/, true),
  w: fromPattern(/[0-9A-Za-z$+<=>^`|~]/, true),
  W: fromPattern(/[^0-9A-Za-z$+<=>^`|~]/, true),
  s: fromPattern(/[\t\n\r ]/, false),
  S: fromPattern(/[^\t\n\r ]/, true),
};
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const ANY_CHARACTER = fromPattern(/[^\n\r]/, true);
const MAX_DEPTH = 50;
/** Of a property with its braces. */
const MAX_NAME = 64;

export function treeOf(pattern: string): Tree | undefined {
  const source = pattern.replace(/^\^/, '').replace(/(^|[^\\])\$$/, '$1');
  const parser = new Parser(Array.from(source));
  try {
    return parser.whole();
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

class NotPlain extends Error {}

class Parser {
  private at = 0;
  private depth = 0;
  private readonly source: readonly string[];

  constructor(source: readonly string[]) {
    this.source = source;
  }

  whole(): Tree {
    const tree = this.choice();
    if (this.at < this.source.length) throw new NotPlain();
    return tree;
  }

  private choice(): Tree {
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'choice', parts };
  }

  private sequence(): Tree {
    const parts: Tree[] = [];
    while (this.at < this.source.length && this.peek !== '|' && this.peek !== ')') parts.push(this.repeated());
    return { kind: 'sequence', parts };
  }

  private repeated(): Tree {
    const part = this.atom();
    const range = this.range();
    if (!range) return part;
    if (/^[?*+{]$/.test(this.peek ?? '')) throw new NotPlain();
    return { kind: 'repeat', part, ...range };
  }

  private range(): { least: number; most: number } | undefined {
    if (this.take('?')) return { least: 0, most: 1 };
    if (this.take('*')) return { least: 0, most: Number.POSITIVE_INFINITY };
    if (this.take('+')) return { least: 1, most: Number.POSITIVE_INFINITY };
    if (this.peek !== '{') return undefined;
    const match = /^\{(\d{1,4})(?:(,)(\d{0,4}))?\}/.exec(this.source.slice(this.at, this.at + 12).join(''));
    if (!match) throw new NotPlain();
    this.at += match[0].length;
    const least = Number(match[1]);
    if (match[2] === undefined) return { least, most: least };
    return { least, most: match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3]) };
  }

  private atom(): Tree {
    if (this.take('(')) return this.group();
    const from = this.at;
    const set = this.set();
    return { kind: 'set', set, source: this.source.slice(from, this.at).join('') };
  }

  private set(): AsciiSet {
    const char = this.next();
    switch (char) {
      case '[':
        return this.bracket();
      case '.':
        return ANY_CHARACTER;
      case '\\':
        return this.escape();
      case '^':
      case '$':
      case '?':
      case '*':
      case '+':
      case '{':
      case '}':
      case ']':
        throw new NotPlain();
      default:
        return single(char.codePointAt(0) ?? -1);
    }
  }

  private group(): Tree {
    if (this.take('?') && !this.take(':')) throw new NotPlain();
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new NotPlain();
    const tree = this.choice();
    if (!this.take(')')) throw new NotPlain();
    this.depth -= 1;
    return tree;
  }

  private escape(): AsciiSet {
    const char = this.next();
    return this.known(char) ?? single(this.escaped(char));
  }

  /** A class that a letter stands for. */
  private known(char: string): AsciiSet | undefined {
    if (char === 'p' || char === 'P') return this.property(char);
    return Object.hasOwn(CLASSES, char) ? CLASSES[char] : undefined;
  }

  /** `\p{L}`, `\P{IsGreek}`, `\p{Han}`: RE2 knows who belongs. */
  private property(letter: string): AsciiSet {
    const name = /^(?:[A-Z]|\{\^?[\w-]+\})/.exec(this.source.slice(this.at, this.at + MAX_NAME).join(''))?.[0] ?? '';
    const made = patternOf(`\\${letter}${name}`);
    if (name === '' || !isPattern(made)) throw new NotPlain();
    this.at += name.length;
    return setOf((code) => code === OTHERS || made.matches(String.fromCharCode(code)));
  }

  private escaped(char: string): number {
    if (char === 'u') {
      const digits = this.source.slice(this.at, this.at + 4).join('');
      if (!/^[\da-fA-F]{4}$/.test(digits)) throw new NotPlain();
      this.at += 4;
      return Number.parseInt(digits, 16);
    }
    if (/[\p{L}\p{N}]/u.test(char) && !Object.hasOwn(CONTROLS, char)) throw new NotPlain();
    return (CONTROLS[char] ?? char).codePointAt(0) ?? -1;
  }

  private bracket(): AsciiSet {
    const negated = this.take('^');
    if (this.peek === ']') throw new NotPlain();
    const set = new Uint8Array(ASCII + 1);
    while (!this.take(']')) {
      for (const [code, belongs] of this.member().entries()) if (belongs === 1) set[code] = 1;
    }
    return negated ? setOf((code) => code === OTHERS || set[code] === 0) : set;
  }

  /** A class, a character, or a range of characters. */
  private member(): AsciiSet {
    const from = this.bracketCharacter();
    if (typeof from !== 'number') return from;
    if (this.peek !== '-' || this.source[this.at + 1] === ']') return single(from);
    this.at += 1;
    const to = this.bracketCharacter();
    if (typeof to !== 'number' || to < from) throw new NotPlain();
    return setOf((code) => (code === OTHERS ? to >= OTHERS : code >= from && code <= to));
  }

  private bracketCharacter(): AsciiSet | number {
    const char = this.next();
    if (char === '[') throw new NotPlain();
    if (char !== '\\') return char.codePointAt(0) ?? -1;
    const name = this.next();
    return this.known(name) ?? this.escaped(name);
  }

  private get peek(): string | undefined {
    return this.source[this.at];
  }

  private take(char: string): boolean {
    if (this.peek !== char) return false;
    this.at += 1;
    return true;
  }

  private next(): string {
    const char = this.source[this.at];
    if (char === undefined) throw new NotPlain();
    this.at += 1;
    return char;
  }
}
