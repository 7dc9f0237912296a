import { PLACE } from '../../types/certain/parts.ts';
import type { Code } from './assembler.ts';
import { add, advance, and, byte, get, i64, is, not, set, sub, when } from './code.ts';
import { kindIs, PART, plan } from './key-plan.ts';
import { civilDays, clockSeconds, part, PARTS_BYTES } from './moment-code.ts';
import { ZERO } from './rule.ts';

const putByte = (value: Code, offset = 0): Code => ['keys.i32.store8', get('out'), value, offset];
const putTwo = (value: Code, offset: number): readonly Code[] => [
  putByte(add(['i32.div_u', value, 10], ZERO), offset),
  putByte(add(['i32.rem_u', value, 10], ZERO), offset + 1),
];

/** Each lane of an i64 divided at once, by a factor that is right for what lanes hold here. */
const quotients = (lanes: Code, factor: bigint, shift: bigint, mask: bigint): Code => [
  'i64.and',
  ['i64.shr_u', ['i64.mul', lanes, i64(factor)], i64(shift)],
  i64(mask),
];
/** In each lane the quotient, and so many bits up the rest. */
const split = (quotient: Code, by: bigint, bits: bigint): readonly Code[] => [
  set('quotients', quotient),
  set('lanes', [
    'i64.or',
    get('quotients'),
    ['i64.shl', ['i64.sub', get('lanes'), ['i64.mul', get('quotients'), i64(by)]], i64(bits)],
  ]),
];

/** Writes the digits of a local that has at most eight: all eight at once, in three steps, without the zeros before them. */
const putDigits = (local: string): readonly Code[] => [
  set('lanes', ['i64.extend_i32_u', get(local)]),
  ...split(['i64.extend_i32_u', ['i32.div_u', get(local), 10_000]], 10_000n, 32n),
  ...split(quotients(get('lanes'), 10_486n, 20n, 0x7f_0000_007fn), 100n, 16n),
  ...split(quotients(get('lanes'), 103n, 10n, 0xf_000f_000f_000fn), 10n, 8n),
  // Bits of zeros, but the last one stands.
  set('quotients', ['i64.and', ['i64.ctz', ['i64.or', get('lanes'), i64(1n << 56n)]], i64(56n)]),
  [
    'keys.i64.store',
    get('out'),
    ['i64.shr_u', ['i64.or', get('lanes'), i64(0x3030_3030_3030_3030n)], get('quotients')],
    0,
  ],
  advance('out', sub(8, ['i32.wrap_i64', ['i64.shr_u', get('quotients'), i64(3n)]])),
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
  ...putDigits('j'),
  putByte(LETTER_T),
  advance('out'),
  ...putDigits('to'),
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
