import { GOOD, MISSING, READ } from '../cell-rule.ts';
import type { Code, WasmFunction } from './assembler.ts';
import { add, advance, and, byte, get, integer, is, isNot, not, or, set, sub, when } from './code.ts';
import { civilDays, clockSeconds, part, PARTS_BYTES } from './moment-code.ts';
import { PLACE } from '../../types/certain/parts.ts';
import { ZERO } from './rule.ts';

/** What stands at the beginning of a memory of keys, in bytes from there. */
export const HEAD = {
  /** How many sets of keys there are. */
  sets: 0,
  /** Where the next key is put, a multiple of 4, and up to where there is room. */
  tail: 4,
  limit: 8,
  /** Address of the keys; how many units of 4 bytes of them stay, and how many behind those are on disk. */
  arena: 12,
  stay: 16,
  spilled: 20,
  /** Address of the slots, and how many there are but those at the end for keys that do not find their place. */
  table: 24,
  capacity: 28,
  /** Two words. */
  secret: 32,
  /** What is used of a hash. */
  mask: 40,
  /** Keys in the table. */
  size: 44,
  /** 1: `take` has stopped at a key that has to be compared with one on disk. */
  asks: 48,
  bytes: 64,
} as const;
/** A key that was put: its address, or 0 for none; how many words it has; its hash; address of its slot. */
export const STAGED = { start: 0, words: 4, hash: 8, slot: 12, bytes: 16 } as const;
/** A slot: place + 1 of a key, in units from the beginning of all keys, or 0; and its hash. */
export const SLOT = { place: 0, hash: 4, bytes: 8 } as const;
/** A part of a key: its column; of a moment the address of what was read of that of record 0, and its kind. Before the parts, how many they are. */
export const PART = { column: 0, parts: 4, kind: 8, bytes: 12 } as const;
const KINDS = ['date', 'time', 'datetime'] as const;

/** What `stageKeys` has to know of keys, as it reads it. @param parts of each key @param momentOf a column: where it is read, and what */
export function planOf(
  keys: readonly (readonly number[])[],
  momentOf: (column: number) => { readonly parts: number; readonly kind: (typeof KINDS)[number] } | undefined,
): Int32Array {
  return Int32Array.from(
    keys.flatMap((columns) => [
      columns.length,
      ...columns.flatMap((column) => {
        const moment = momentOf(column);
        return [column, moment?.parts ?? 0, moment ? KINDS.indexOf(moment.kind) : 0];
      }),
    ]),
  );
}

const head = (field: number): Code => integer(0, field);
const staged = (field: number): Code => integer(get('key'), field);
const note = (field: number, value: Code): Code => ['i32.store', get('key'), value, field];
/** For each key from `key` to `end` that is one. */
const eachKey = (...body: Code[]): readonly Code[] => [
  [
    'block',
    'all',
    [
      'loop',
      'keys',
      ['br_if', 'all', ['i32.ge_u', get('key'), get('end')]],
      when(staged(STAGED.start), ...body),
      advance('key', STAGED.bytes),
      ['br', 'keys'],
    ],
  ],
];
/** A hash stands at its share of the table's length, or soon behind. */
const homeOf = (hash: Code, capacity: Code): Code =>
  add(head(HEAD.table), [
    'i32.shl',
    [
      'i32.wrap_i64',
      ['i64.shr_u', ['i64.mul', ['i64.extend_i32_u', hash], ['i64.extend_i32_u', capacity]], ['i64.extend_i32_u', 32]],
    ],
    3,
  ]);

const xor = (local: string, value: Code): Code => set(local, ['i32.xor', get(local), value]);
const plus = (local: string, other: string): Code => set(local, add(get(local), get(other)));
const turn = (local: string, bits: number): Code => set(local, ['i32.rotl', get(local), bits]);
const round: readonly Code[] = [
  plus('v0', 'v1'),
  turn('v1', 5),
  xor('v1', get('v0')),
  turn('v0', 16),
  plus('v2', 'v3'),
  turn('v3', 8),
  xor('v3', get('v2')),
  plus('v0', 'v3'),
  turn('v3', 7),
  xor('v3', get('v0')),
  plus('v2', 'v1'),
  turn('v1', 13),
  xor('v1', get('v2')),
  turn('v2', 16),
];

/**
 * HalfSipHash-1-3 (`check/sip-hash.ts`) of each key, all of whose words are whole, and a look at its slot: the memory of all
 * slots, which no cache holds, comes in the time of one or two.
 */
export const hashKeys: WasmFunction = {
  name: 'hash',
  memories: ['keys'],
  parameters: ['key', 'end'],
  locals: {
    first: 'i32',
    v0: 'i32',
    v1: 'i32',
    v2: 'i32',
    v3: 'i32',
    at: 'i32',
    last: 'i32',
    word: 'i32',
    seen: 'i32',
  },
  body: [
    set('first', get('key')),
    ...eachKey(
      set('v0', head(HEAD.secret)),
      set('v1', head(HEAD.secret + 4)),
      set('v2', ['i32.xor', get('v0'), 0x6c796765]),
      set('v3', ['i32.xor', get('v1'), 0x74656462]),
      set('at', staged(STAGED.start)),
      set('last', add(get('at'), ['i32.shl', staged(STAGED.words), 2])),
      [
        'loop',
        'words',
        set('word', integer(get('at'))),
        xor('v3', get('word')),
        ...round,
        xor('v0', get('word')),
        advance('at', 4),
        ['br_if', 'words', ['i32.lt_u', get('at'), get('last')]],
      ],
      set('word', ['i32.shl', staged(STAGED.words), 26]),
      xor('v3', get('word')),
      ...round,
      xor('v0', get('word')),
      xor('v2', 0xff),
      ...round,
      ...round,
      ...round,
      note(STAGED.hash, and(['i32.xor', get('v1'), get('v3')], head(HEAD.mask))),
      note(STAGED.slot, homeOf(staged(STAGED.hash), head(HEAD.capacity))),
    ),
    set('key', get('first')),
    ...eachKey(set('seen', or(get('seen'), integer(staged(STAGED.slot), SLOT.place)))),
    get('seen'),
  ],
};

/** Puts keys into their slots, in order. The answer is the address of the first that is there, or where `HEAD.asks`; or `end`. */
export const takeKeys: WasmFunction = {
  name: 'take',
  memories: ['keys'],
  parameters: ['key', 'end'],
  locals: { slot: 'i32', unit: 'i32', at: 'i32', other: 'i32', last: 'i32' },
  body: [
    ...eachKey(
      set('slot', staged(STAGED.slot)),
      [
        'block',
        'free',
        [
          'loop',
          'slots',
          set('unit', integer(get('slot'), SLOT.place)),
          ['br_if', 'free', not(get('unit'))],
          [
            'block',
            'other',
            ['br_if', 'other', isNot(integer(get('slot'), SLOT.hash), staged(STAGED.hash))],
            set('unit', sub(get('unit'), 1)),
            when(
              ['i32.ge_u', get('unit'), head(HEAD.stay)],
              when(
                ['i32.lt_u', sub(get('unit'), head(HEAD.stay)), head(HEAD.spilled)],
                note(STAGED.slot, get('slot')),
                ['i32.store', 0, 1, HEAD.asks],
                ['return', get('key')],
              ),
              set('unit', sub(get('unit'), head(HEAD.spilled))),
            ),
            set('other', add(head(HEAD.arena), ['i32.shl', get('unit'), 2])),
            set('at', staged(STAGED.start)),
            set('last', add(get('at'), ['i32.shl', staged(STAGED.words), 2])),
            [
              'loop',
              'words',
              ['br_if', 'other', isNot(integer(get('at')), integer(get('other')))],
              advance('at', 4),
              advance('other', 4),
              ['br_if', 'words', ['i32.lt_u', get('at'), get('last')]],
            ],
            ['return', get('key')],
          ],
          advance('slot', SLOT.bytes),
          ['br', 'slots'],
        ],
      ],
      [
        'i32.store',
        get('slot'),
        add(add(['i32.shr_u', sub(staged(STAGED.start), head(HEAD.arena)), 2], head(HEAD.spilled)), 1),
        SLOT.place,
      ],
      ['i32.store', get('slot'), staged(STAGED.hash), SLOT.hash],
      note(STAGED.slot, get('slot')),
      ['i32.store', 0, add(head(HEAD.size), 1), HEAD.size],
    ),
    get('end'),
  ],
};

/** Takes the keys that were put last out of their slots again. */
export const leaveKeys: WasmFunction = {
  name: 'leave',
  memories: ['keys'],
  parameters: ['key', 'end'],
  locals: {},
  body: [
    ...eachKey(['i32.store', staged(STAGED.slot), 0, SLOT.place], ['i32.store', 0, sub(head(HEAD.size), 1), HEAD.size]),
    0,
  ],
};

/**
 * Makes the table longer: `slots` it has, `more` are behind it. It is moved to the end, and from there its keys go to their
 * new homes in order: a home is never behind the slot in which its key stood then, so that none is overwritten before it is read.
 */
export const growTable: WasmFunction = {
  name: 'grow',
  memories: ['keys'],
  parameters: ['slots', 'more'],
  locals: { from: 'i32', end: 'i32', to: 'i32', capacity: 'i32', place: 'i32', hash: 'i32' },
  body: [
    set('capacity', add(head(HEAD.capacity), get('more'))),
    set('slots', ['i32.shl', get('slots'), 3]),
    set('more', ['i32.shl', get('more'), 3]),
    set('from', add(head(HEAD.table), get('more'))),
    set('end', add(get('from'), get('slots'))),
    ['memory.copy', get('from'), head(HEAD.table), get('slots')],
    // Also where it is 0 already: a page that is read before it is written to costs the system twice.
    ['memory.fill', head(HEAD.table), 0, get('more')],
    [
      'loop',
      'keys',
      set('place', integer(get('from'), SLOT.place)),
      when(
        get('place'),
        set('hash', integer(get('from'), SLOT.hash)),
        ['i32.store', get('from'), 0, SLOT.place],
        set('to', homeOf(get('hash'), get('capacity'))),
        [
          'block',
          'free',
          [
            'loop',
            'slots',
            ['br_if', 'free', not(integer(get('to'), SLOT.place))],
            advance('to', SLOT.bytes),
            ['br', 'slots'],
          ],
        ],
        ['i32.store', get('to'), get('place'), SLOT.place],
        ['i32.store', get('to'), get('hash'), SLOT.hash],
      ),
      advance('from', SLOT.bytes),
      ['br_if', 'keys', ['i32.lt_u', get('from'), get('end')]],
    ],
    ['i32.store', 0, get('capacity'), HEAD.capacity],
    0,
  ],
};

const keyHead = (field: number): Code => ['keys.i32.load', 0, field];
const plan = (field: number): Code => integer(get('plan'), field);
const putByte = (value: Code, offset = 0): Code => ['keys.i32.store8', get('out'), value, offset];
const putTwo = (value: Code, offset: number): readonly Code[] => [
  putByte(add(['i32.div_u', value, 10], ZERO), offset),
  putByte(add(['i32.rem_u', value, 10], ZERO), offset + 1),
];

/** Writes the digits of a local that has at most seven, and is 0 then. */
const putDigits = (local: string): readonly Code[] => [
  set('code', 10),
  set('size', 1),
  [
    'block',
    'sized',
    [
      'loop',
      'size',
      ['br_if', 'sized', ['i32.lt_u', get(local), get('code')]],
      set('code', ['i32.mul', get('code'), 10]),
      advance('size'),
      ['br', 'size'],
    ],
  ],
  advance('out', get('size')),
  set('at', get('out')),
  [
    'loop',
    'digits',
    set('at', sub(get('at'), 1)),
    set('code', ['i32.div_u', get(local), 10]),
    ['keys.i32.store8', get('at'), add(sub(get(local), ['i32.mul', get('code'), 10]), ZERO), 0],
    set(local, get('code')),
    ['br_if', 'digits', get(local)],
  ],
];

const DAY_SECONDS = 86_400;
const MINUS = 0x2d;
const POINT = 0x2e;
const LETTER_T = 0x54;
const kindIs = (kind: (typeof KINDS)[number]): Code => is(plan(PART.kind), KINDS.indexOf(kind));

/** The canonical text of a moment, of what was read of it: as the type writes it. */
const momentText: readonly Code[] = [
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

/** Sixteen bytes at a time: what is behind the last one is written over later. */
const copyBytes: readonly Code[] = [
  set('at', get('out')),
  advance('out', sub(get('end'), get('i'))),
  [
    'block',
    'written',
    [
      'loop',
      'copy',
      ['br_if', 'written', ['i32.ge_u', get('i'), get('end')]],
      ['keys.v128.store', get('at'), ['v128.load', get('i'), 0], 0],
      advance('at', 16),
      advance('i', 16),
      ['br', 'copy'],
    ],
  ],
];

/** More than a moment takes, and a copy beyond its end. */
const MARGIN = 512;

/** Puts one key at `tail`. */
const stageKey: readonly Code[] = [
  set('count', plan(0)),
  advance('plan', 4),
  set('partsEnd', add(get('plan'), ['i32.mul', get('count'), PART.bytes])),
  set('out', add(get('tail'), 1)),
  ['keys.i32.store', get('key'), 0, STAGED.start],
  [
    'block',
    'missing',
    [
      'loop',
      'parts',
      set('outcome', byte(add(get('outcomes'), plan(PART.column)))),
      ['br_if', 'missing', is(get('outcome'), MISSING)],
      set('at', add(get('offsets'), ['i32.shl', plan(PART.column), 3])),
      set('i', integer(get('at'))),
      set('end', integer(get('at'), 4)),
      ['br_if', 'put', ['i32.gt_u', add(add(get('out'), sub(get('end'), get('i'))), MARGIN), keyHead(HEAD.limit)]],
      set('lengthAt', get('out')),
      when(['i32.gt_u', get('count'), 1], advance('out', 4)),
      [
        'block',
        'written',
        [
          'block',
          'copied',
          ['br_if', 'copied', is(get('outcome'), GOOD)],
          ['br_if', 'put', or(isNot(get('outcome'), READ), not(plan(PART.parts)))],
          ...momentText,
        ],
        ...copyBytes,
      ],
      when(
        ['i32.gt_u', get('count'), 1],
        ['keys.i32.store', get('lengthAt'), sub(sub(get('out'), get('lengthAt')), 4), 0],
      ),
      advance('plan', PART.bytes),
      ['br_if', 'parts', ['i32.lt_u', get('plan'), get('partsEnd')]],
    ],
    set('size', sub(sub(get('out'), get('tail')), 1)),
    set('code', add(['i32.mul', get('size'), keyHead(HEAD.sets)], get('number'))),
    set('at', get('tail')),
    when(
      ['i32.gt_u', get('code'), 0x7f],
      // More than the byte that was left for it.
      advance('at'),
      ...[14, 21, 28].map((bits) => when(['i32.shr_u', get('code'), bits], advance('at'))),
      ['keys.memory.copy', add(get('at'), 1), add(get('tail'), 1), get('size')],
      set('out', add(add(get('at'), 1), get('size'))),
      set('at', get('tail')),
      [
        'loop',
        'varint',
        ['keys.i32.store8', get('at'), or(get('code'), 0x80), 0],
        set('code', ['i32.shr_u', get('code'), 7]),
        advance('at'),
        ['br_if', 'varint', ['i32.gt_u', get('code'), 0x7f]],
      ],
    ),
    ['keys.i32.store8', get('at'), get('code'), 0],
    ['keys.i32.store', get('out'), 0, 0],
    ['keys.i32.store', get('key'), get('tail'), STAGED.start],
    ['keys.i32.store', get('key'), ['i32.shr_u', add(sub(get('out'), get('tail')), 3), 2], STAGED.words],
    set('tail', and(add(get('out'), 3), -4)),
  ],
  set('plan', get('partsEnd')),
  advance('key', STAGED.bytes),
  advance('number'),
];

/**
 * Puts the keys of records behind those that were put before, as `KeyTable.put` does, where it can make their bytes by itself: of
 * cells that are their own canonical text, and of moments. `record` counts up to `records`. The answer is the first record of
 * which it cannot, or `records`. `offsets` and `outcomes` are those of the first record, `key` is where its keys are noted.
 */
export const stageKeys: WasmFunction = {
  name: 'stage',
  memories: ['memory', 'keys'],
  parameters: ['record', 'records', 'offsets', 'outcomes', 'width', 'key', 'planBegin', 'planEnd'],
  locals: {
    tail: 'i32',
    plan: 'i32',
    number: 'i32',
    count: 'i32',
    partsEnd: 'i32',
    out: 'i32',
    lengthAt: 'i32',
    i: 'i32',
    end: 'i32',
    at: 'i32',
    size: 'i32',
    code: 'i32',
    outcome: 'i32',
    parts: 'i32',
    value: 'i32',
    month: 'i32',
    day: 'i32',
    j: 'i32',
    to: 'i32',
  },
  body: [
    [
      'block',
      'put',
      [
        'loop',
        'records',
        ['br_if', 'put', ['i32.ge_u', get('record'), get('records')]],
        set('tail', keyHead(HEAD.tail)),
        set('plan', get('planBegin')),
        set('number', 0),
        ['loop', 'keys', ...stageKey, ['br_if', 'keys', ['i32.lt_u', get('plan'), get('planEnd')]]],
        ['keys.i32.store', 0, get('tail'), HEAD.tail],
        advance('offsets', ['i32.shl', get('width'), 3]),
        advance('outcomes', get('width')),
        advance('record'),
        ['br', 'records'],
      ],
    ],
    get('record'),
  ],
};
