import type { Code, WasmFunction } from './assembler.ts';
import { add, advance, get, integer, or, set } from './code.ts';
import { HEAD, head, homeOf, STAGED } from './key-code.ts';

/** Keys that are hashed side by side. */
export const LANES = 4;
/**
 * Slots that are looked at in a row, without a question whether there are so many keys: the fewer instructions, the more of
 * them wait side by side. Of keys that are no longer there the slots still are.
 */
const LOOKS = 16;

const lanes = Array.from({ length: LANES }, (_, lane) => lane);
const stagedOf = (lane: number, field: number): Code => integer(get('key'), field + lane * STAGED.bytes);
const all = (value: Code): Code => ['i32x4.splat', value];
/** A value for each of the keys. */
const each = (value: (lane: number) => Code): Code =>
  lanes.slice(1).reduce<Code>((vector, lane) => ['i32x4.replace_lane', vector, value(lane), lane], all(value(0)));

const xor = (local: string, value: Code): Code => set(local, ['v128.xor', get(local), value]);
const plus = (local: string, other: string): Code => set(local, ['i32x4.add', get(local), get(other)]);
const turn = (local: string, bits: number): Code =>
  set(local, ['v128.or', ['i32x4.shl', get(local), bits], ['i32x4.shr_u', get(local), 32 - bits]]);
/** By whole bytes: one instruction instead of three. */
const turnBytes = (local: string, bytes: number): Code =>
  set(local, [
    'i8x16.shuffle',
    get(local),
    get(local),
    ...Array.from({ length: 16 }, (_, i) => (i & ~3) | ((i - bytes) & 3)),
  ]);
const round: readonly Code[] = [
  plus('v0', 'v1'),
  turn('v1', 5),
  xor('v1', get('v0')),
  turnBytes('v0', 2),
  plus('v2', 'v3'),
  turnBytes('v3', 1),
  xor('v3', get('v2')),
  plus('v0', 'v3'),
  turn('v3', 7),
  xor('v3', get('v0')),
  plus('v2', 'v1'),
  turn('v1', 13),
  xor('v1', get('v2')),
  turnBytes('v2', 2),
];
const absorb: readonly Code[] = [xor('v3', get('word')), ...round, xor('v0', get('word'))];
const STATE = ['v0', 'v1', 'v2', 'v3'];

const nextWord: readonly Code[] = [
  set(
    'word',
    each((lane) => integer(add(get(`start${lane}`), get('at')))),
  ),
  set('left', ['i32x4.sub', get('left'), all(1)]),
  advance('at', 4),
];

/** The words that all of them have. */
const commonWords: readonly Code[] = [
  [
    'block',
    'common',
    [
      'loop',
      'words',
      ['br_if', 'common', ['i32.eqz', ['i32x4.all_true', get('left')]]],
      ...nextWord,
      ...absorb,
      ['br', 'words'],
    ],
  ],
];

/** The words of the longest of them; a key that has ended stays as it is. */
const furtherWords: readonly Code[] = [
  [
    'block',
    'read',
    [
      'loop',
      'words',
      set('going', ['i32x4.gt_s', get('left'), all(0)]),
      ['br_if', 'read', ['i32.eqz', ['v128.any_true', get('going')]]],
      ...nextWord,
      ...STATE.map((local) => set(`${local}Before`, get(local))),
      ...absorb,
      ...STATE.map((local) => set(local, ['v128.bitselect', get(local), get(`${local}Before`), get('going')])),
      ['br', 'words'],
    ],
  ],
];

/**
 * HalfSipHash-1-3 (`check/sip-hash.ts`) of each key, all of whose words are whole, four at a time; then a look at the slots: the
 * memory of all of them, which no cache holds, comes in the time of one or two.
 */
export const hashKeys: WasmFunction = {
  name: 'hash',
  memories: ['keys'],
  parameters: ['key', 'end'],
  locals: {
    first: 'i32',
    at: 'i32',
    seen: 'i32',
    ...Object.fromEntries(lanes.map((lane) => [`start${lane}`, 'i32'] as const)),
    ...Object.fromEntries(STATE.flatMap((local) => [local, `${local}Before`]).map((local) => [local, 'v128'] as const)),
    words: 'v128',
    left: 'v128',
    going: 'v128',
    word: 'v128',
  },
  body: [
    set('first', get('key')),
    [
      'loop',
      'keys',
      ...lanes.map((lane) => set(`start${lane}`, stagedOf(lane, STAGED.start))),
      // What stands behind the last key was there before it, and has no words.
      set('words', [
        'v128.and',
        each((lane) => stagedOf(lane, STAGED.words)),
        ['i32x4.lt_u', each((lane) => add(get('key'), lane * STAGED.bytes)), all(get('end'))],
      ]),
      set('v0', all(head(HEAD.secret))),
      set('v1', all(head(HEAD.secret + 4))),
      set('v2', ['v128.xor', get('v0'), all(0x6c796765)]),
      set('v3', ['v128.xor', get('v1'), all(0x74656462)]),
      set('left', get('words')),
      set('at', 0),
      ...commonWords,
      ...furtherWords,
      set('word', ['i32x4.shl', get('words'), 26]),
      ...absorb,
      xor('v2', all(0xff)),
      ...round,
      ...round,
      ...round,
      set('word', ['v128.and', ['v128.xor', get('v1'), get('v3')], all(head(HEAD.mask))]),
      ...lanes.flatMap((lane): Code[] => {
        const hash: Code = ['i32x4.extract_lane', get('word'), lane];
        return [
          ['i32.store', get('key'), hash, STAGED.hash + lane * STAGED.bytes],
          ['i32.store', get('key'), homeOf(hash, head(HEAD.capacity)), STAGED.slot + lane * STAGED.bytes],
        ];
      }),
      advance('key', LANES * STAGED.bytes),
      ['br_if', 'keys', ['i32.lt_u', get('key'), get('end')]],
    ],
    set('key', get('first')),
    [
      'loop',
      'looks',
      ...Array.from({ length: LOOKS }, (_, i) => set('seen', or(get('seen'), integer(stagedOf(i, STAGED.slot))))),
      advance('key', LOOKS * STAGED.bytes),
      ['br_if', 'looks', ['i32.lt_u', get('key'), get('end')]],
    ],
    get('seen'),
  ],
};
