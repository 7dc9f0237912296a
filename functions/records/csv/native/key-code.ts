import type { Code, WasmFunction } from './assembler.ts';
import { add, advance, and, byte, get, integer, isNot, not, or, set, sub, when } from './code.ts';

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
  /** Address of the last key, as long as they come in order; or 0. */
  last: 52,
  /** A slot takes 1 << `slotBits` bytes. */
  slotBits: 56,
  bytes: 64,
} as const;
/** A key that was put: its address, or 0 for none; how many words it has; its hash; address of its slot. */
export const STAGED = { start: 0, words: 4, hash: 8, slot: 12, bytes: 16 } as const;
/** A wide slot: place + 1 of a key, in units from the beginning of all keys, or 0; and its hash. */
export const SLOT = { place: 0, hash: 4, bits: 3, bytes: 8 } as const;
/** A narrow slot: place + 1, and above it the last byte of the hash; or 0. */
export const NARROW = { places: 0xff_ffff, markShift: 24, bits: 2, bytes: 4 } as const;
export const head = (field: number): Code => integer(0, field);
export const staged = (field: number): Code => integer(get('key'), field);
export const note = (field: number, value: Code): Code => ['i32.store', get('key'), value, field];
/** For each key from `key` to `end` that is one. */
export const eachKey = (...body: Code[]): readonly Code[] => [
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
export const homeOf = (hash: Code, capacity: Code): Code =>
  add(head(HEAD.table), [
    'i32.shl',
    [
      'i32.wrap_i64',
      ['i64.shr_u', ['i64.mul', ['i64.extend_i32_u', hash], ['i64.extend_i32_u', capacity]], ['i64.extend_i32_u', 32]],
    ],
    head(HEAD.slotBits),
  ]);

/** Leaves for `other` unless the key is the one that stands so many units behind the beginning of those in memory. */
export const compareWords = (unit: Code): readonly Code[] => [
  set('other', add(head(HEAD.arena), ['i32.shl', unit, 2])),
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
];

/** Puts keys into their wide slots, in order. The answer is the address of the first that is there, or where `HEAD.asks`; or `end`. */
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
            ...compareWords(get('unit')),
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

/** Takes the keys that were put last out of their slots again, of whichever kind. */
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
 * Notes the keys that stand from `at` up to `kept` as if they were put, from `key` on; what there is no key for, up to `end`, as
 * none. The answer is where the next one stands.
 */
export const noteKeys: WasmFunction = {
  name: 'note',
  memories: ['keys'],
  parameters: ['at', 'kept', 'key', 'end'],
  locals: { start: 'i32', value: 'i32', shift: 'i32', last: 'i32' },
  body: [
    [
      'loop',
      'keys',
      note(STAGED.start, 0),
      note(STAGED.words, 0),
      when(
        ['i32.lt_u', get('at'), get('kept')],
        set('start', get('at')),
        set('value', 0),
        set('shift', 0),
        [
          'loop',
          'varint',
          set('last', byte(get('at'))),
          advance('at'),
          set('value', or(get('value'), ['i32.shl', and(get('last'), 0x7f), get('shift')])),
          advance('shift', 7),
          ['br_if', 'varint', ['i32.ge_u', get('last'), 0x80]],
        ],
        advance('at', ['i32.div_u', get('value'), head(HEAD.sets)]),
        set('at', and(add(get('at'), 3), -4)),
        note(STAGED.start, get('start')),
        note(STAGED.words, ['i32.shr_u', sub(get('at'), get('start')), 2]),
      ),
      advance('key', STAGED.bytes),
      ['br_if', 'keys', ['i32.lt_u', get('key'), get('end')]],
    ],
    get('at'),
  ],
};

/** Makes everything from an address up to another 0. */
export const clearSlots: WasmFunction = {
  name: 'clear',
  memories: ['keys'],
  parameters: ['from', 'end'],
  locals: {},
  body: [['memory.fill', get('from'), 0, sub(get('end'), get('from'))], 0],
};

/**
 * Makes a table of wide slots longer: `slots` it has, `more` are behind it. It is moved to the end, and from there its keys go to their
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
