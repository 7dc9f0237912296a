import { PLACE } from '../../types/certain/parts.ts';
import type { Code } from './assembler.ts';
import { add, advance, and, byte, get, is, not, or, set, sub, when } from './code.ts';
import { kindIs, PART, plan } from './key-plan.ts';
import { civilDays, clockSeconds, part, PARTS_BYTES } from './moment-code.ts';
import { ZERO } from './rule.ts';

const putByte = (value: Code, offset = 0): Code => ['keys.i32.store8', get('out'), value, offset];
const putTwo = (value: Code, offset: number): readonly Code[] => [
  putByte(add(['i32.div_u', value, 10], ZERO), offset),
  putByte(add(['i32.rem_u', value, 10], ZERO), offset + 1),
];

const dividedBy = (lanes: Code, factor: number, shift: number): Code => [
  'i32x4.shr_u',
  ['i32x4.dot_i16x8_s', lanes, ['i32x4.splat', factor]],
  shift,
];
const times = (lanes: Code, factor: number): Code => ['i16x8.mul', lanes, ['i16x8.splat', factor]];
/** A local without what `quotients` stand for, above them, so many bits up. */
const rests = (local: string, without: Code, shape: 'i32x4' | 'i16x8', bits: number): Code => [
  'v128.or',
  get('quotients'),
  [`${shape}.shl`, [`${shape}.sub`, get(local), without], bits],
];
const fourDigits = (local: string): readonly [Code, Code] => [
  ['i32.div_u', get(local), 10_000],
  ['i32.rem_u', get(local), 10_000],
];

/** The digits of two locals that have at most eight, all sixteen at once: fours, twos, ones, by factors that are right for so few. */
const digitsOf = (one: string, other: string): readonly Code[] => [
  set(
    'digits',
    [...fourDigits(one), ...fourDigits(other)].reduce<Code>(
      (lanes, value, lane) => ['i32x4.replace_lane', lanes, value, lane],
      ['i32x4.splat', 0],
    ),
  ),
  set('quotients', dividedBy(get('digits'), 10_486, 20)),
  set('digits', rests('digits', ['i32x4.dot_i16x8_s', get('quotients'), ['i32x4.splat', 100]], 'i32x4', 16)),
  set('quotients', ['i16x8.shr_u', times(get('digits'), 103), 10]),
  set('digits', rests('digits', times(get('quotients'), 10), 'i16x8', 8)),
  // A bit for each that is not 0.
  set('bits', ['i32.xor', ['i8x16.bitmask', ['i8x16.eq', get('digits'), ['i32x4.splat', 0]]], 0xffff]),
  set('digits', ['v128.or', get('digits'), ['i8x16.splat', ZERO]]),
];

/** Writes eight of them without the zeros before them, but the last one stands. */
const putDigits = (half: 0 | 1): readonly Code[] => [
  set('zeros', ['i32.ctz', or(['i32.shr_u', get('bits'), half * 8], 0x80)]),
  [
    'keys.i64.store',
    get('out'),
    ['i64.shr_u', ['i64x2.extract_lane', get('digits'), half], ['i64.extend_i32_u', ['i32.shl', get('zeros'), 3]]],
    0,
  ],
  advance('out', sub(8, get('zeros'))),
];

const DAY_SECONDS = 86_400;
const MINUS = 0x2d;
const POINT = 0x2e;
const LETTER_T = 0x54;

/** The canonical text of a moment, of what was read of it: as the type writes it. */
export const momentText: readonly Code[] = [
  set('parts', add(plan(PART.parts), ['i32.mul', get('record'), PARTS_BYTES])),
  ['br_if', 'put', part(PLACE.ordinal)],
  set('value', add(['i32.mul', part(PLACE.century), 100], part(PLACE.yearOfCentury))),
  set('month', part(PLACE.month)),
  set('day', part(PLACE.day)),
  when(
    kindIs('date'),
    ...putTwo(part(PLACE.century), 0),
    ...putTwo(part(PLACE.yearOfCentury), 2),
    putByte(MINUS, 4),
    ...putTwo(get('month'), 5),
    putByte(MINUS, 7),
    ...putTwo(get('day'), 8),
    advance('out', 10),
    ['br', 'written'],
  ),
  set('j', 0),
  ...clockSeconds,
  when(
    kindIs('datetime'),
    ...civilDays,
    set('to', sub(get('to'), part(PLACE.offset))),
    when(['i32.lt_s', get('to'), 0], set('to', add(get('to'), DAY_SECONDS)), set('j', sub(get('j'), 1))),
  ),
  when(['i32.ge_s', get('to'), DAY_SECONDS], set('to', sub(get('to'), DAY_SECONDS)), advance('j')),
  when(['i32.lt_s', get('j'), 0], putByte(MINUS), advance('out'), set('j', sub(0, get('j')))),
  ...digitsOf('j', 'to'),
  ...putDigits(0),
  putByte(LETTER_T),
  advance('out'),
  ...putDigits(1),
  putByte(POINT),
  advance('out'),
  set('end', part(PLACE.fraction)),
  ['br_if', 'written', not(get('end'))],
  advance('i', ['i32.shr_u', get('end'), 8]),
  set('end', add(get('i'), and(get('end'), 0xff))),
  [
    'loop',
    'zeros',
    when(
      ['i32.lt_u', get('i'), get('end')],
      when(is(byte(sub(get('end'), 1)), ZERO), set('end', sub(get('end'), 1)), ['br', 'zeros']),
    ),
  ],
];
