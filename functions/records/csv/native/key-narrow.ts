import type { Code, WasmFunction } from './assembler.ts';
import { add, advance, and, get, integer, or, set, sub, when } from './code.ts';
import { compareWords, eachKey, HEAD, head, NARROW, note, STAGED, staged } from './key-code.ts';

/** Slots that are compared at once. */
const GROUP = 4;
const GROUP_BYTES = GROUP * NARROW.bytes;

/** A bit for each slot of the group at `slot` of which a comparison of all lanes holds. */
const bits = (lanes: Code): Code => ['i32x4.bitmask', lanes];
const firstOf = (local: string): Code => ['i32.shl', ['i32.ctz', get(local)], 2];

/** Goes through the slots of the group before its first free one that may have the key; leaves for `there` if one has. */
const findIn: readonly Code[] = [
  [
    'loop',
    'candidates',
    when(
      get('same'),
      [
        'block',
        'other',
        set('entry', add(get('slot'), firstOf('same'))),
        ...compareWords(sub(and(integer(get('entry')), NARROW.places), 1)),
        ['br', 'there'],
      ],
      set('same', and(get('same'), sub(get('same'), 1))),
      ['br', 'candidates'],
    ),
  ],
];

/**
 * `takeKeys` for narrow slots: four at once, so that for most keys one comparison tells that they are new and where they go. All
 * keys stand in memory: it never asks.
 */
export const takeNarrow: WasmFunction = {
  name: 'take',
  memories: ['keys'],
  parameters: ['key', 'end'],
  locals: {
    size: 'i32',
    slot: 'i32',
    mark: 'i32',
    free: 'i32',
    same: 'i32',
    entry: 'i32',
    at: 'i32',
    other: 'i32',
    last: 'i32',
    group: 'v128',
  },
  body: [
    set('size', head(HEAD.size)),
    [
      'block',
      'there',
      ...eachKey(
        // From the beginning of a group: it never stands in two lines of a cache, of which only one would have been looked at.
        set('slot', and(staged(STAGED.slot), -GROUP_BYTES)),
        set('mark', ['i32.shl', staged(STAGED.hash), NARROW.markShift]),
        [
          'block',
          'found',
          [
            'loop',
            'groups',
            set('group', ['v128.load', get('slot'), 0]),
            set('free', bits(['i32x4.eq', get('group'), ['i32x4.splat', 0]])),
            // Only where it has the same mark, the difference is a place.
            set(
              'same',
              and(
                bits([
                  'i32x4.lt_u',
                  ['v128.xor', get('group'), ['i32x4.splat', get('mark')]],
                  ['i32x4.splat', NARROW.places + 1],
                ]),
                ['i32.xor', or(get('free'), sub(0, get('free'))), -1],
              ),
            ),
            when(get('same'), ...findIn),
            ['br_if', 'found', get('free')],
            advance('slot', GROUP_BYTES),
            ['br', 'groups'],
          ],
        ],
        advance('slot', firstOf('free')),
        [
          'i32.store',
          get('slot'),
          or(get('mark'), add(['i32.shr_u', sub(staged(STAGED.start), head(HEAD.arena)), 2], 1)),
          0,
        ],
        note(STAGED.slot, get('slot')),
        advance('size'),
      ),
    ],
    ['i32.store', 0, get('size'), HEAD.size],
    get('key'),
  ],
};
