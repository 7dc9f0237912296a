import { MOST_KINDS } from '../../types/certain/pattern.ts';
import { DOUBLED } from '../cells.ts';
import type { Code } from './assembler.ts';
import { add, advance, and, byte, get, not, or, set, when } from './code.ts';
import { own, RULE, rule } from './rule.ts';

/** What was learned of a pattern (`learned-pattern.ts`): addresses of its parts. */
export const LEARNED = {
  /** For each 64 characters the number of their page, as 16 bits. */
  index: 0,
  /** Pages of 64 bytes: the kind of each character, doubled; 0 where it is not known. */
  pages: 4,
  /** For each state the states after each kind, as 16 bits that say where their rows begin; 0 where that is not known. */
  rows: 8,
  size: 12,
} as const;

/** Characters beyond the third plane are asked for: the others are for private use, or tags. */
export const CHARACTERS = 0x40000;
export const PAGE_BITS = 6;
/** Page 0 is that of characters of which nothing is known, those of ASCII are the next two. */
export const ASCII_PAGE = 1;
/** Of each state: what is after kind 0, the last member of a row says whether a value may end there. */
export const ROW_BYTES = (MOST_KINDS + 2) * 2;
export const ACCEPTS = (MOST_KINDS + 1) * 2;

const wide = (address: Code, offset = 0): Code => ['i32.load16_u', address, offset];
const low = and(byte(get('j')), 0x3f);
const up = (value: Code, bits: number): Code => ['i32.shl', value, bits];

/** The place of the character at `j` among the pages, in `at`; `j` is left at its last byte. */
const place: readonly Code[] = [
  set('to', byte(get('j'))),
  set('at', add(get('to'), ASCII_PAGE << PAGE_BITS)),
  when(
    ['i32.ge_u', get('to'), 0x80],
    set('at', and(get('to'), 0x1f)),
    advance('j'),
    when(['i32.ge_u', get('to'), 0xe0], set('at', or(up(and(get('to'), 0xf), 6), low)), advance('j')),
    when(['i32.ge_u', get('to'), 0xf0], set('at', or(up(get('at'), 6), low)), advance('j'), [
      'br_if',
      'judged',
      ['i32.ge_u', get('at'), CHARACTERS >> PAGE_BITS],
    ]),
    set('at', or(up(wide(add(own(LEARNED.index), up(get('at'), 1))), PAGE_BITS), low)),
  ),
];

/** Goes through the characters of a cell that ends at `i`, from state to state. */
export const pattern = (start: number, isWithin: (length: Code) => Code): readonly Code[] => [
  ['br_if', 'judged', and(get('flags'), DOUBLED)],
  set('own', rule(RULE.learned)),
  ['br_if', 'judged', not(get('own'))],
  set('form', own(LEARNED.pages)),
  set('next', own(LEARNED.rows)),
  set('value', start * ROW_BYTES),
  set('first', 0),
  set('j', get('from')),
  [
    'block',
    'walked',
    [
      'loop',
      'characters',
      ['br_if', 'walked', ['i32.ge_u', get('j'), get('i')]],
      ...place,
      set('value', wide(add(add(get('next'), get('value')), byte(add(get('form'), get('at')))))),
      ['br_if', 'judged', not(get('value'))],
      advance('j'),
      advance('first'),
      ['br', 'characters'],
    ],
  ],
  set('good', and(wide(add(get('next'), get('value')), ACCEPTS), isWithin(get('first')))),
];
