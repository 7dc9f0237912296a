import { DOUBLED } from '../cells.ts';
import type { Code } from './assembler.ts';
import { add, advance, and, get, integer, is, not, set, sub, when } from './code.ts';
import { own, RULE, rule } from './rule.ts';

/** Where the rule of a list has its own parts: addresses of texts or 0, open addressing, as many as the mask has bits and one. */
export const LIST = { slots: 0, mask: 4, size: 8 } as const;
/** A text: how many bytes it has, and these, with 15 bytes behind them that may be read. */
export const LISTED = { length: 0, text: 4, size: 20 } as const;

const FACTOR = 0x9e3779b1 | 0;
const SHIFT = 15;

/** Of four bytes at a time. Who makes it slow makes their own check slow. */
export function hashOf(text: Buffer): number {
  let hash = text.length;
  for (let i = 0; i < text.length; i += 4) {
    const size = Math.min(4, text.length - i);
    hash = Math.imul(hash ^ (text.readUIntLE(i, size) | 0), FACTOR);
  }
  return hash ^ (hash >>> SHIFT);
}

const hash: readonly Code[] = [
  set('value', sub(get('i'), get('from'))),
  set('j', get('from')),
  [
    'loop',
    'words',
    set('to', integer(get('j'))),
    set('at', sub(get('i'), get('j'))),
    when(['i32.lt_s', get('at'), 4], set('to', and(get('to'), sub(['i32.shl', 1, ['i32.shl', get('at'), 3]], 1)))),
    set('value', ['i32.mul', ['i32.xor', get('value'), get('to')], FACTOR]),
    advance('j', 4),
    ['br_if', 'words', ['i32.lt_u', get('j'), get('i')]],
  ],
  set('value', ['i32.xor', get('value'), ['i32.shr_u', get('value'), SHIFT]]),
];

const size = sub(get('i'), get('from'));

/** Looks up a cell that ends at `i`. */
export const list: readonly Code[] = [
  ['br_if', 'judged', and(get('flags'), DOUBLED)],
  ['br_if', 'judged', is(get('i'), get('from'))],
  ...hash,
  set('own', rule(RULE.own)),
  [
    'loop',
    'slots',
    set('value', and(get('value'), own(LIST.mask))),
    set('next', integer(add(own(LIST.slots), ['i32.shl', get('value'), 2]))),
    ['br_if', 'judged', not(get('next'))],
    advance('value'),
    ['br_if', 'slots', ['i32.ne', integer(get('next'), LISTED.length), size]],
    set('j', 0),
    [
      'loop',
      'same',
      set('to', [
        'i8x16.bitmask',
        [
          'i8x16.eq',
          ['v128.load', add(get('from'), get('j')), 0],
          ['v128.load', add(get('next'), get('j')), LISTED.text],
        ],
      ]),
      // So many bytes are the text's own.
      set('at', sub(size, get('j'))),
      when(['i32.lt_s', get('at'), 16], set('to', ['i32.or', get('to'), ['i32.shl', -1, get('at')]])),
      ['br_if', 'slots', ['i32.ne', and(get('to'), 0xffff), 0xffff]],
      advance('j', 16),
      ['br_if', 'same', ['i32.lt_s', get('j'), size]],
    ],
  ],
  set('good', 1),
];
