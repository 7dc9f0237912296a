import { RE2JS } from 're2js';
import { blockMembers } from './blocks.ts';

/**
 * Patterns are XML Schema regular expressions (Table Schema v2), matched against the whole value by RE2, whose time is
 * linear in the value. One departure, towards what people write: `^` and `$` are anchors and not literals.
 */
export interface Pattern {
  readonly matches: (text: string) => boolean;
}
export interface PatternProblem {
  readonly rule: 'invalid-pattern' | 'unsafe-pattern';
  readonly message: string;
}

/** RE2 instructions: the work of one character. `.{0,255}` takes 512. */
const MAX_PROGRAM_SIZE = 1000;

const LOOKAROUND = /\(\?(?:[=!]|<[=!])/;
const BACKREFERENCE = /\\[1-9]|\\k</;
const NAME_START = String.raw`\p{L}_:`;
const NAME_CHARACTER = String.raw`\p{L}\p{M}\p{N}_:.\-·`;
/** All but punctuation, separators and others: `$` and `中` belong, `_` and `-` do not. */
const WORD = String.raw`\p{L}\p{M}\p{N}\p{S}`;
const NO_WORD = String.raw`\p{P}\p{Z}\p{C}`;
const BLANK = String.raw`\t\n\r `;
const NO_BLANK = String.raw`\x{0}-\x{8}\x{b}\x{c}\x{e}-\x{1f}\x{21}-\x{10ffff}`;

/** Escapes whose meaning XML Schema and RE2 do not share: [inside a class, outside of one]. */
const ESCAPES: Readonly<Record<string, readonly [string | undefined, string]>> = {
  d: [String.raw`\p{Nd}`, String.raw`\p{Nd}`],
  D: [String.raw`\P{Nd}`, String.raw`\P{Nd}`],
  w: [WORD, `[${WORD}]`],
  W: [NO_WORD, `[${NO_WORD}]`],
  s: [BLANK, `[${BLANK}]`],
  S: [NO_BLANK, `[${NO_BLANK}]`],
  i: [NAME_START, `[${NAME_START}]`],
  I: [undefined, `[^${NAME_START}]`],
  c: [NAME_CHARACTER, `[${NAME_CHARACTER}]`],
  C: [undefined, `[^${NAME_CHARACTER}]`],
};

/** A matcher, or what is wrong with the pattern. */
export function patternOf(source: string): Pattern | PatternProblem {
  const without = source.replaceAll('\\\\', '');
  if (LOOKAROUND.test(without))
    return unsafe('lookahead and lookbehind are not linear in time; state what is allowed instead');
  if (BACKREFERENCE.test(without)) return unsafe('back references are not linear in time; write the repetition out');
  const translated = translate(source);
  if (translated instanceof Error) return { rule: 'invalid-pattern', message: translated.message };
  try {
    return compiled(translated);
  } catch (error) {
    return problemOf(error instanceof Error ? error.message : String(error));
  }
}

export const isPattern = (made: Pattern | PatternProblem): made is Pattern => 'matches' in made;

function compiled(source: string): Pattern | PatternProblem {
  const program = RE2JS.compile(source);
  const size = program.programSize();
  if (size > MAX_PROGRAM_SIZE)
    return unsafe(
      `the pattern compiles to ${size} steps, over the limit of ${MAX_PROGRAM_SIZE}; make its repetitions smaller, or state lengths as minLength and maxLength`,
    );
  return { matches: (text) => program.testExact(text) };
}

const unsafe = (message: string): PatternProblem => ({ rule: 'unsafe-pattern', message });

function problemOf(reason: string): PatternProblem {
  const detail = reason.replace(/^error parsing regexp: /, '');
  return /invalid repeat count/.test(detail)
    ? unsafe(`${detail}: repetitions multiply to at most 1000`)
    : { rule: 'invalid-pattern', message: `not a regular expression of XML Schema (RE2): ${detail}` };
}

/** Token by token: an escape, a `.`, a bracket or anything else. */
function translate(source: string): string | Error {
  let depth = 0;
  let out = '';
  for (const [token] of source.matchAll(/\\u[\da-fA-F]{4}|\\[pP]\{Is[^}]*\}|\\.|-\[|[\s\S]/gu)) {
    if (token === '-[' && depth > 0)
      return new Error('class subtraction [a-z-[aeiou]] is not supported; list what is allowed');
    // Outside of a class, `-[` is a hyphen before a class that begins.
    if (token === '[' || token === '-[') depth = 1;
    if (token === ']') depth = 0;
    const piece = translated(token, depth > 0);
    if (piece === undefined)
      return new Error(
        /^\\[pP]/.test(token)
          ? `Unicode has no block ${token.slice(5, -1)} among those that are known here; name it as XML Schema does (\\p{IsCJKUnifiedIdeographs}), or list what is allowed`
          : `${token} cannot stand inside a character class here; list what is allowed`,
      );
    out += piece;
  }
  return out;
}

function translated(token: string, inClass: boolean): string | undefined {
  if (/^\\u[\da-fA-F]{4}$/.test(token)) return `\\x{${token.slice(2)}}`;
  if (token === '.') return inClass ? token : String.raw`[^\n\r]`;
  const block = /^\\([pP])\{Is(.*)\}$/.exec(token);
  if (block) {
    const members = blockMembers(block[2] ?? '', block[1] === 'P');
    return members === undefined || inClass ? members : `[${members}]`;
  }
  const escape = token.startsWith('\\') ? ESCAPES[token.slice(1)] : undefined;
  return escape ? escape[inClass ? 0 : 1] : token;
}
