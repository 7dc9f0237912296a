import { COMMA } from '../scanner.ts';
import type { Code } from './assembler.ts';
import { add, advance, and, byte, get, integer, is, isNot, not, or, set, sub, when } from './code.ts';
import { bound, digitOf, f64, isDigit, own, RULE, rule } from './rule.ts';

/** Where the rule of a number in any form has its own parts. */
export const DECIMAL_RULE = {
  /** Bytes; NO_BYTE for none. Without a decimal character there is no exponent either. */
  point: 0,
  group: 4,
  /** Address of `AROUND`, or 0. */
  around: 8,
  /** Address of the powers of ten up to `MOST_ZEROS`, doubles. */
  powers: 12,
  size: 16,
} as const;
export const NO_BYTE = 256;
export const MOST_ZEROS = 22;
/** Of an exponent: as `certainNumber` has it. */
const EXPONENT_DIGITS = 4;

/** The text that stands around numbers: bytes, as many of them as `bits` has bits. A sign of 0: there is none. */
export const AROUND = {
  before: 0,
  after: 16,
  beforeBits: 32,
  beforeLength: 36,
  afterBits: 40,
  afterLength: 44,
  sign: 48,
  size: 64,
} as const;

const MINUS = 0x2d;
export const PLUS = 0x2b;
export const LOWER = 0x20;
export const LETTER_E = 0x65;

const around = (part: number): Code => integer(get('form'), part);
const isNotAround = (text: number, bits: number): Code =>
  isNot(
    and(['i8x16.bitmask', ['i8x16.eq', ['v128.load', get('i'), 0], ['v128.load', get('form'), text]]], around(bits)),
    around(bits),
  );
/** A comma ends a cell without quotes. */
const belongs = or(get('quoted'), isNot(byte(get('i')), COMMA));
const digits = get('month');
const shift = get('day');
const isBehindPoint = get('j');

const exponent: readonly Code[] = [
  set('at', add(get('i'), 1)),
  set('to', is(byte(get('at')), MINUS)),
  when(or(get('to'), is(byte(get('at')), PLUS)), advance('at')),
  when(
    isDigit(get('at')),
    set('next', add(get('at'), EXPONENT_DIGITS)),
    set('value', 0),
    [
      'loop',
      'exponent',
      set('value', add(['i32.mul', get('value'), 10], digitOf(get('at')))),
      advance('at'),
      ['br_if', 'exponent', and(isDigit(get('at')), ['i32.lt_u', get('at'), get('next')])],
    ],
    when(get('to'), set('value', sub(0, get('value')))),
    set('day', add(shift, get('value'))),
    set('i', get('at')),
  ),
];

/** Whether `number` is in bounds. */
export const inBounds: Code = and(
  ['f64.ge', get('number'), bound(RULE.least)],
  ['f64.le', get('number'), bound(RULE.most)],
  ['f64.gt', get('number'), bound(RULE.above)],
  ['f64.lt', get('number'), bound(RULE.below)],
);

/** `certainNumber` once more, with bounds that doubles hold exactly. */
export const decimal: readonly Code[] = [
  set('own', rule(RULE.own)),
  set('form', own(DECIMAL_RULE.around)),
  when(get('form'), set('form', ['i32.mul', get('form'), isNot(around(AROUND.sign), 0)])),
  when(get('form'), ['br_if', 'judged', isNotAround(AROUND.before, AROUND.beforeBits)]),
  set('first', 0),
  when(
    get('form'),
    set('first', ['i32.lt_s', around(AROUND.sign), 0]),
    set('i', add(get('i'), around(AROUND.beforeLength))),
  ),
  when(
    not(get('form')),
    set('first', is(byte(get('i')), MINUS)),
    set('i', add(get('i'), or(get('first'), is(byte(get('i')), PLUS)))),
  ),
  ['br_if', 'judged', not(isDigit(get('i')))],
  set('number', f64(0)),
  set('month', 0),
  set('day', 0),
  set('j', 0),
  [
    'loop',
    'digits',
    set('to', digitOf(get('i'))),
    when(
      ['i32.lt_u', get('to'), 10],
      set('number', ['f64.add', ['f64.mul', get('number'), f64(10)], ['f64.convert_i32_s', get('to')]]),
      set('month', add(digits, 1)),
      set('day', sub(shift, isBehindPoint)),
      advance('i'),
      ['br', 'digits'],
    ),
    when(
      and(isDigit(get('i'), 1), belongs, not(isBehindPoint)),
      set('to', byte(get('i'))),
      set('j', is(get('to'), own(DECIMAL_RULE.point))),
      when(or(isBehindPoint, is(get('to'), own(DECIMAL_RULE.group))), advance('i'), ['br', 'digits']),
    ),
  ],
  when(and(isNot(own(DECIMAL_RULE.point), NO_BYTE), is(or(byte(get('i')), LOWER), LETTER_E)), ...exponent),
  when(
    get('form'),
    ['br_if', 'judged', isNotAround(AROUND.after, AROUND.afterBits)],
    set('i', add(get('i'), around(AROUND.afterLength))),
  ),
  set('good', 1),
  ['br_if', 'judged', not(rule(RULE.digits))],
  set('good', 0),
  [
    'br_if',
    'judged',
    or(['i32.gt_s', digits, rule(RULE.digits)], ['i32.gt_u', add(shift, MOST_ZEROS), MOST_ZEROS * 2]),
  ],
  when(
    ['i32.lt_s', shift, 0],
    set('number', ['f64.div', get('number'), ['f64.load', sub(own(DECIMAL_RULE.powers), ['i32.shl', shift, 3]), 0]]),
  ),
  when(
    ['i32.gt_s', shift, 0],
    set('number', ['f64.mul', get('number'), ['f64.load', add(own(DECIMAL_RULE.powers), ['i32.shl', shift, 3]), 0]]),
  ),
  when(get('first'), set('number', ['f64.neg', get('number')])),
  set('good', inBounds),
];
