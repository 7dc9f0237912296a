import { LACKING } from '../../types/certain/parts.ts';
import { FIRST_PLACE, FIRST_STEP, LEAST, MOST } from '../../types/certain/pattern-steps.ts';
import { COMMA } from '../scanner.ts';
import type { Code } from './assembler.ts';
import { add, get, integer, not, set } from './code.ts';
import type { Room } from './room.ts';
import { ZERO } from './rule.ts';

const VECTOR = 16;
/** Shorter ones are read piece by piece, longer ones are two. */
const LEAST_PIECES = 3;
const MOST_BYTES = 2 * VECTOR;
/** In `shuffles`: no byte. */
const NONE = 0xff;

/**
 * What a program knows of a run: vectors of 16 bytes. Its first 16 bytes are `front`, its last 16 are `back`, from the byte `backAt` on.
 * The bytes of a run, less those of `lowest`, are `spans` at most; what is left of digits is their value. A lane of the values
 * is that of a place (`PLACE`), less what a text has that lacks it; less `least` it is `span` at most.
 */
const RUN = {
  lowest: [0, 16],
  spans: [32, 48],
  tens: [64, 80],
  ones: [96, 112],
  lacking: 128,
  least: 144,
  span: 160,
  size: 176,
} as const;

const known = (field: number): Code => ['v128.load', get('run'), field];
const plus = (one: Code, other: Code): Code => ['i8x16.add', one, other];
const gathered = (from: readonly [number, number]): Code => [
  'v128.or',
  ['i8x16.swizzle', get('front'), known(from[0])],
  ['i8x16.swizzle', get('back'), known(from[1])],
];
const inSpan = (lanes: Code, span: number): Code => ['i8x16.le_u', lanes, known(span)];
const addTo = (place: number, values: Code): Code => [
  'v128.store',
  get('parts'),
  ['i32x4.add', ['v128.load', get('parts'), place * 4], values],
  place * 4,
];

/**
 * Reads a run at `at`, all of its numbers at once, and adds them to what a text has that lacks them. The address of what is known of
 * it stands at `piece`. @param backAt where its last 16 bytes begin @param fails leaves where a condition holds
 */
export const readRun = (backAt: Code, fails: (condition: Code) => Code): readonly Code[] => [
  set('run', integer(get('piece'))),
  set('front', ['i8x16.sub', ['v128.load', get('at'), 0], known(RUN.lowest[0])]),
  set('back', ['i8x16.sub', ['v128.load', add(get('at'), backAt), 0], known(RUN.lowest[1])]),
  set('tens', gathered(RUN.tens)),
  set('tens', plus(get('tens'), get('tens'))),
  set('values', plus(get('tens'), get('tens'))),
  set('values', plus(plus(get('values'), get('values')), get('tens'))),
  set('values', ['i8x16.sub', plus(get('values'), gathered(RUN.ones)), known(RUN.lacking)]),
  fails(
    not([
      'i8x16.all_true',
      [
        'v128.and',
        ['v128.and', inSpan(get('front'), RUN.spans[0]), inSpan(get('back'), RUN.spans[1])],
        inSpan(['i8x16.sub', get('values'), known(RUN.least)], RUN.span),
      ],
    ]),
  ),
  set('front', ['i16x8.extend_low_i8x16_s', get('values')]),
  addTo(0, ['i32x4.extend_low_i16x8_s', get('front')]),
  addTo(4, ['i32x4.extend_high_i16x8_s', get('front')]),
  addTo(8, ['i32x4.extend_low_i16x8_s', ['i16x8.extend_high_i8x16_s', get('values')]]),
];

const bytesOf = (code: number): number => (code < FIRST_PLACE ? 1 : 2);

/** How many codes from the first on are a run: bytes, and numbers of two digits, of which no form has one twice. 0 for none. */
export function runLength(codes: readonly number[]): number {
  let bytes = 0;
  let count = 0;
  for (const code of codes) {
    bytes += bytesOf(code);
    // A comma depends on quotes.
    if (code >= FIRST_STEP || code === COMMA || bytes > MOST_BYTES) break;
    count += 1;
  }
  return count >= LEAST_PIECES ? count : 0;
}

/** Writes down what is to be known of a run: where, how many bytes it has, and where its last 16 begin. */
export function writeRun(codes: readonly number[], room: Room) {
  const size = codes.reduce((sum, code) => sum + bytesOf(code), 0);
  const backAt = Math.max(0, size - VECTOR);
  const own = new Uint8Array(RUN.size);
  own.fill(NONE, RUN.spans[0], RUN.lacking);
  let at = 0;
  /** Says what the next byte may be; answers where it is found. */
  const byte = (lowest: number, span: number): Found => {
    const half = at < VECTOR ? 0 : 1;
    const lane = at - half * backAt;
    own[RUN.lowest[half] + lane] = lowest;
    own[RUN.spans[half] + lane] = span;
    at += 1;
    return [half, lane];
  };
  for (const code of codes) {
    if (code < FIRST_PLACE) byte(code, 0);
    else writePlace(code - FIRST_PLACE, byte(ZERO, 9), byte(ZERO, 9), own);
  }
  return { address: room.put(own), size, backAt };
}

type Found = readonly [half: 0 | 1, lane: number];

function writePlace(place: number, tens: Found, ones: Found, own: Uint8Array): void {
  own[RUN.tens[tens[0]] + place] = tens[1];
  own[RUN.ones[ones[0]] + place] = ones[1];
  const lacking = LACKING[place] ?? 0;
  const least = LEAST[place] ?? 0;
  own[RUN.lacking + place] = lacking;
  own[RUN.least + place] = least - lacking;
  own[RUN.span + place] = (MOST[place] ?? 0) - least;
}
