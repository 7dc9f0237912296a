import { MAX_MOMENT_BYTES } from '../../types/certain/moment.ts';
import { PLACE } from '../../types/certain/parts.ts';
import { COMMA } from '../scanner.ts';
import type { Code } from './assembler.ts';
import { add, advance, and, branches, byte, get, integer, is, isNot, not, or, set, sub, when } from './code.ts';
import { readRun } from './moment-run.ts';
import { bound, digitOf, isDigit, isEnd, leap, own, realDate, RULE, rule, twoDigits } from './rule.ts';

/** Where the rule of a moment has its own parts. */
export const MOMENT = {
  /** Addresses of two `GROUP`s, of which the second may be 0. */
  forms: 0,
  clocks: 4,
  /** Of 48 bytes. */
  parts: 8,
  isBounded: 12,
  /** The first and the last year of which every moment is in bounds. */
  from: 16,
  to: 20,
  /** What a day, a second and a second of the zone weigh in the position; doubles. */
  dayWeight: 24,
  secondWeight: 32,
  zoneWeight: 40,
  /** Of the parts that a text may lack. */
  lacking: 48,
  size: 52,
} as const;
/** Forms of which a text has one; the one that was found last, begin and end of all. A form is begin and end of its pieces. */
export const GROUP = { likely: 0, begin: 4, end: 8, size: 12 } as const;
export const FORM_BYTES = 8;
export const PARTS_BYTES = 48;

/**
 * A piece of a form: what it is, and three more bytes; names have two more integers, begin and end of them, and a run has one, the
 * address of what is known of it.
 */
export const PIECES = [
  'literal',
  'digits',
  'blanks',
  'shortYear',
  'ordinal',
  'fraction',
  'zone',
  'isoFraction',
  'isoZone',
  'names',
  'run',
] as const;
/** A name in lower case, as many bytes of it as `bits` has bits, and what it says of a part. */
export const NAME = { text: 0, bits: 16, length: 20, place: 24, value: 28, size: 32 } as const;

const BLANK = 0x20;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const COLON = 0x3a;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;
const LOWER = 0x20;
/** Seconds of a minute. */
const MINUTE = 60;

const at = get('at');
export const part = (place: number): Code => integer(get('parts'), place * 4);
const put = (place: number, value: Code): Code => ['i32.store', get('parts'), value, place * 4];
const FAILED = 'failed';
const fails = (condition: Code): Code => ['br_if', FAILED, condition];
const next: Code = ['br', 'pieces'];
/** The byte of a piece that stands so many bits up. */
const argument = (bits: number): Code => and(['i32.shr_u', get('code'), bits], 0xff);
const failsUnlessDigits = (offset: Code | number = 0): Code =>
  fails(not(and(isDigit(add(at, offset)), isDigit(add(at, offset), 1))));
const lacking = (offset: number): Code => [
  'v128.store',
  get('parts'),
  ['v128.load', own(MOMENT.lacking), offset],
  offset,
];

const literal: readonly Code[] = [
  fails(isNot(byte(at), argument(8))),
  // Without quotes it ends the cell.
  fails(and(is(byte(at), COMMA), not(get('quoted')))),
  advance('at'),
  next,
];

const digits: readonly Code[] = [
  failsUnlessDigits(),
  set('value', twoDigits(at)),
  fails(or(['i32.lt_u', get('value'), argument(16)], ['i32.gt_s', get('value'), argument(24)])),
  ['i32.store', add(get('parts'), argument(8)), get('value'), 0],
  advance('at', 2),
  next,
];

const blanks: readonly Code[] = [
  fails(isNot(byte(at), BLANK)),
  ['loop', 'blank', advance('at'), ['br_if', 'blank', is(byte(at), BLANK)]],
  next,
];

const shortYear: readonly Code[] = [
  failsUnlessDigits(),
  put(PLACE.yearOfCentury, twoDigits(at)),
  put(PLACE.century, add(19, ['i32.lt_u', twoDigits(at), 69])),
  advance('at', 2),
  next,
];

const ordinal: readonly Code[] = [
  failsUnlessDigits(),
  fails(not(isDigit(at, 2))),
  set('value', add(['i32.mul', twoDigits(at), 10], digitOf(at, 2))),
  fails(not(get('value'))),
  put(PLACE.ordinal, get('value')),
  advance('at', 3),
  next,
];

/** Notes the digits from `j` up to `at`. */
const putFraction = put(PLACE.fraction, or(['i32.shl', sub(get('j'), get('from')), 8], sub(at, get('j'))));

/** One to six digits. */
const fraction: readonly Code[] = [
  fails(not(isDigit(at))),
  set('j', at),
  set('value', add(at, 6)),
  ['loop', 'fraction', advance('at'), ['br_if', 'fraction', and(isDigit(at), ['i32.lt_u', at, get('value')])]],
  putFraction,
  next,
];

/** Nothing, or a point and digits. */
const isoFraction: readonly Code[] = [
  ['br_if', 'pieces', isNot(byte(at), POINT)],
  fails(not(isDigit(at, 1))),
  advance('at'),
  set('j', at),
  ['loop', 'fraction', advance('at'), ['br_if', 'fraction', isDigit(at)]],
  // Longer than any text that is judged: what it notes is of no consequence.
  putFraction,
  next,
];

const isSign = or(is(byte(at), PLUS), is(byte(at), MINUS));
/** Puts a zone of so many minutes with the sign at `at`. */
const putZone = (minutes: Code): readonly Code[] => [
  set('value', ['i32.mul', minutes, MINUTE]),
  when(is(byte(at), MINUS), set('value', sub(0, get('value')))),
  put(PLACE.offset, get('value')),
];

const zone: readonly Code[] = [
  when(is(byte(at), LETTER_Z), advance('at'), next),
  fails(not(isSign)),
  set('j', is(byte(at, 3), COLON)),
  failsUnlessDigits(1),
  failsUnlessDigits(add(3, get('j'))),
  set('value', add(at, get('j'))),
  fails(or(['i32.gt_s', twoDigits(at, 1), 23], ['i32.gt_s', twoDigits(get('value'), 3), 59])),
  ...putZone(add(['i32.mul', twoDigits(at, 1), 60], twoDigits(get('value'), 3))),
  set('at', add(at, add(5, get('j')))),
  // Seconds.
  fails(or(isDigit(at), is(byte(at), COLON))),
  next,
];

/** Nothing, `Z`, or up to fourteen hours. */
const isoZone: readonly Code[] = [
  when(is(byte(at), LETTER_Z), advance('at'), next),
  ['br_if', 'pieces', not(isSign)],
  failsUnlessDigits(1),
  failsUnlessDigits(4),
  set('value', add(['i32.mul', twoDigits(at, 1), 60], twoDigits(at, 4))),
  fails(or(isNot(byte(at, 3), COLON), ['i32.gt_s', twoDigits(at, 4), 59], ['i32.gt_s', get('value'), 840])),
  ...putZone(get('value')),
  advance('at', 6),
  next,
];

const name = (field: number): Code => integer(get('j'), field);
const names: readonly Code[] = [
  set('j', integer(get('piece'))),
  set('value', integer(get('piece'), 4)),
  advance('piece', 8),
  set('word', ['v128.or', ['v128.load', at, 0], ['i8x16.splat', LOWER]]),
  [
    'loop',
    'names',
    when(
      is(
        and(['i8x16.bitmask', ['i8x16.eq', get('word'), ['v128.load', get('j'), NAME.text]]], name(NAME.bits)),
        name(NAME.bits),
      ),
      ['i32.store', add(get('parts'), name(NAME.place)), name(NAME.value), 0],
      set('at', add(at, name(NAME.length))),
      next,
    ),
    advance('j', NAME.size),
    ['br_if', 'names', ['i32.lt_u', get('j'), get('value')]],
  ],
  ['br', FAILED],
];

const CODE_OF: Readonly<Record<(typeof PIECES)[number], readonly Code[]>> = {
  literal,
  digits,
  blanks,
  shortYear,
  ordinal,
  fraction,
  zone,
  isoFraction,
  isoZone,
  names,
  run: [...readRun(argument(8), fails), advance('piece', 4), set('at', add(at, argument(16))), next],
};

const isDateFirst = is(get('group'), own(MOMENT.forms));

/** Reads a text by the forms of a group from `first` on, the likely one first; goes on behind `formed` with its end at `at`. */
const formed: Code = [
  'block',
  'formed',
  [
    'loop',
    'forms',
    when(isDateFirst, lacking(0), lacking(16)),
    when(not(isDateFirst), lacking(PLACE.hour * 4)),
    lacking(32),
    set('at', get('first')),
    set('piece', integer(get('form'))),
    [
      'block',
      FAILED,
      [
        'loop',
        'pieces',
        when(
          ['i32.lt_u', get('piece'), integer(get('form'), 4)],
          set('code', integer(get('piece'))),
          advance('piece', 4),
          ...branches(
            and(get('code'), 0xff),
            PIECES.map((piece) => [piece, CODE_OF[piece]] as const),
          ),
        ),
      ],
      set('stop', byte(at)),
      ['br_if', 'formed', isEnd('stop')],
      [
        'br_if',
        'formed',
        and(isDateFirst, isNot(own(MOMENT.clocks), 0), or(is(get('stop'), BLANK), is(get('stop'), LETTER_T))),
      ],
    ],
    ['br_if', 'judged', ['i32.ge_u', get('next'), integer(get('group'), GROUP.end)]],
    set('form', get('next')),
    advance('next', FORM_BYTES),
    ['br', 'forms'],
  ],
];

/** Days from 1970-01-01 of the date `value`, `month`, `day` as `j`: H. Hinnant's `days_from_civil`, of years from 0 on. */
export const civilDays: readonly Code[] = [
  set('value', sub(get('value'), ['i32.lt_u', get('month'), 3])),
  set(
    'j',
    add(sub(add(['i32.mul', get('value'), 365], ['i32.shr_u', get('value'), 2]), ['i32.div_u', get('value'), 100]), [
      'i32.div_u',
      get('value'),
      400,
    ]),
  ),
  set('month', add(get('month'), sub(['i32.mul', ['i32.lt_u', get('month'), 3], 12], 3))),
  set('j', add(get('j'), add(['i32.div_u', add(['i32.mul', get('month'), 153], 2), 5], sub(get('day'), 719_469)))),
];

/** Seconds of the day as `to`. */
export const clockSeconds: readonly Code[] = [
  set('to', part(PLACE.hour)),
  when(
    part(PLACE.twelve),
    set('to', add(['i32.rem_u', part(PLACE.twelve), 12], ['i32.mul', part(PLACE.afternoon), 12])),
  ),
  set('to', add(add(['i32.mul', get('to'), 3600], ['i32.mul', part(PLACE.minute), 60]), part(PLACE.second))),
];

const position: readonly Code[] = [
  when(get('code'), set('month', 1), set('day', get('code'))),
  ...civilDays,
  ...clockSeconds,
  set('number', [
    'f64.sub',
    ['f64.add', weighed(get('j'), MOMENT.dayWeight), weighed(get('to'), MOMENT.secondWeight)],
    weighed(part(PLACE.offset), MOMENT.zoneWeight),
  ]),
  [
    'br_if',
    'judged',
    not(
      and(
        ['f64.ge', get('number'), bound(RULE.least)],
        ['f64.le', ['f64.add', get('number'), ['f64.convert_i32_s', isNot(part(PLACE.fraction), 0)]], bound(RULE.most)],
      ),
    ),
  ],
];

function weighed(value: Code, weight: number): Code {
  return ['f64.mul', ['f64.convert_i32_s', value], ['f64.load', get('own'), weight]];
}

/** Reads a moment by its forms, and whether it is within its bounds. */
export const moment: readonly Code[] = [
  set('own', rule(RULE.own)),
  set('parts', own(MOMENT.parts)),
  set('group', own(MOMENT.forms)),
  set('first', get('i')),
  [
    'loop',
    'groups',
    set('form', integer(get('group'), GROUP.likely)),
    set('next', integer(get('group'), GROUP.begin)),
    formed,
    ['i32.store', get('group'), get('form'), GROUP.likely],
    when(not(isEnd('stop')), set('group', own(MOMENT.clocks)), set('first', add(at, 1)), ['br', 'groups']),
  ],
  ['br_if', 'judged', ['i32.gt_s', sub(at, get('from')), MAX_MOMENT_BYTES]],
  set('value', add(['i32.mul', part(PLACE.century), 100], part(PLACE.yearOfCentury))),
  ['br_if', 'judged', not(get('value'))],
  set('month', part(PLACE.month)),
  set('day', part(PLACE.day)),
  set('code', part(PLACE.ordinal)),
  when(get('code'), ['br_if', 'judged', ['i32.gt_s', get('code'), add(365, leap(get('value')))]]),
  when(not(get('code')), ...realDate('judged')),
  when(
    and(
      own(MOMENT.isBounded),
      or(['i32.lt_s', get('value'), own(MOMENT.from)], ['i32.gt_s', get('value'), own(MOMENT.to)]),
    ),
    ...position,
  ),
  set('i', at),
  set('good', 1),
];
