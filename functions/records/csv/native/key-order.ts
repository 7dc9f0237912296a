import type { Code, WasmFunction } from './assembler.ts';
import { add, advance, and, byte, get, is, isNot, not, or, set, when } from './code.ts';
import { eachKey, HEAD, head, note, STAGED, staged } from './key-code.ts';
import { isDigit } from './rule.ts';

/** Longer keys begin with more than a byte. */
const LONG = 0x80;

/** How many digits stand at the place `at` of a key that has so many bytes, into a local. */
const digitsOf = (local: string, key: string, size: string): readonly Code[] => [
  set(local, get('at')),
  [
    'block',
    'counted',
    [
      'loop',
      'digits',
      ['br_if', 'counted', ['i32.ge_u', get(local), get(size)]],
      ['br_if', 'counted', not(isDigit(add(get(key), get(local)), 1))],
      advance(local),
      ['br', 'digits'],
    ],
  ],
];

/** Sets `at` to the first place where the two differ, or to one that the shorter does not have. */
const difference: readonly Code[] = [
  set('at', 0),
  [
    'loop',
    'same',
    set('bits', [
      'i8x16.bitmask',
      ['i8x16.eq', ['v128.load', add(get('own'), get('at')), 1], ['v128.load', add(get('last'), get('at')), 1]],
    ]),
    when(is(get('bits'), 0xffff), advance('at', 16), ['br_if', 'same', ['i32.lt_u', get('at'), get('size')]]),
  ],
  when(isNot(get('bits'), 0xffff), advance('at', ['i32.ctz', ['i32.xor', get('bits'), -1]])),
];

/** Leaves for `after` if `own` comes after `last`; goes on where it does not. */
const comesAfter: readonly Code[] = [
  set('size', byte(get('own'))),
  set('lastSize', byte(get('last'))),
  ...difference,
  when(
    or(['i32.ge_u', get('at'), get('size')], ['i32.ge_u', get('at'), get('lastSize')]),
    ['br_if', 'after', ['i32.gt_u', get('size'), get('lastSize')]],
    ['return', get('key')],
  ),
  ...digitsOf('digits', 'own', 'size'),
  ...digitsOf('lastDigits', 'last', 'lastSize'),
  ['br_if', 'after', ['i32.gt_u', get('digits'), get('lastDigits')]],
  [
    'br_if',
    'after',
    and(is(get('digits'), get('lastDigits')), [
      'i32.gt_u',
      byte(add(get('own'), get('at')), 1),
      byte(add(get('last'), get('at')), 1),
    ]),
  ],
  ['return', get('key')],
];

/**
 * Goes through keys of one set as long as each comes after the one before, the first after `HEAD.last`: digits that stand
 * together as a number without a sign, of which the longer one is greater, everything else byte by byte. Notes at each the how
 * manieth it is. The answer is the address of the first that does not, or `end`.
 */
export const orderKeys: WasmFunction = {
  name: 'order',
  memories: ['keys'],
  parameters: ['key', 'end'],
  locals: {
    last: 'i32',
    own: 'i32',
    count: 'i32',
    size: 'i32',
    lastSize: 'i32',
    at: 'i32',
    bits: 'i32',
    digits: 'i32',
    lastDigits: 'i32',
  },
  body: [
    set('last', head(HEAD.last)),
    ...eachKey(
      set('own', staged(STAGED.start)),
      when(['i32.ge_u', byte(get('own')), LONG], ['return', get('key')]),
      ['block', 'after', ['br_if', 'after', not(get('last'))], ...comesAfter],
      set('last', get('own')),
      advance('count'),
      note(STAGED.slot, get('count')),
    ),
    get('end'),
  ],
};
