import { DOUBLED } from '../cells.ts';
import type { Code, WasmFunction } from './assembler.ts';
import { add, advance, and, byte, get, integer, is, or, set, sub } from './code.ts';

/** Where a wanted text has its parts, in bytes from its beginning. */
export const WANTED = {
  /** Sixteen bytes, as many of them the text's as `bits` has bits. */
  text: 0,
  bits: 16,
  /** Of the cell, in bytes: the least that it has, and how many more it may have. */
  least: 20,
  more: 24,
  size: 32,
} as const;
export const LONGEST_TEXT = 16;

const wanted = (part: number): Code => integer(get('wanted'), part);
const bitsThatAgree: Code = ['i8x16.bitmask', ['i8x16.eq', get('word'), ['v128.load', get('wanted'), WANTED.text]]];

/**
 * Records of which a cell has one of some texts, [texts, textsEnd), or begins with it: those of [chosen, chosenEnd) that have
 * go to `kept`, which may be where they come from. `offsets` and `flags` are those of the cell in the first record. The answer
 * is where the first record stands that it is not sure of, or `chosenEnd`; the end of what it kept goes to `state`.
 */
export const chooseRecords: WasmFunction = {
  name: 'choose',
  parameters: ['texts', 'textsEnd', 'offsets', 'flags', 'width', 'chosen', 'chosenEnd', 'kept', 'state'],
  locals: { record: 'i32', i: 'i32', size: 'i32', holds: 'i32', wanted: 'i32', word: 'v128' },
  body: [
    [
      'block',
      'ended',
      [
        'loop',
        'records',
        ['br_if', 'ended', ['i32.ge_u', get('chosen'), get('chosenEnd')]],
        set('record', integer(get('chosen'))),
        set('i', ['i32.mul', get('record'), get('width')]),
        ['br_if', 'ended', and(byte(add(get('flags'), get('i'))), DOUBLED)],
        set('i', add(get('offsets'), ['i32.shl', get('i'), 3])),
        set('size', sub(integer(get('i'), 4), integer(get('i')))),
        set('word', ['v128.load', integer(get('i')), 0]),
        set('holds', 0),
        set('wanted', get('texts')),
        [
          'loop',
          'texts',
          set(
            'holds',
            or(
              get('holds'),
              and(is(and(bitsThatAgree, wanted(WANTED.bits)), wanted(WANTED.bits)), [
                'i32.le_u',
                sub(get('size'), wanted(WANTED.least)),
                wanted(WANTED.more),
              ]),
            ),
          ),
          advance('wanted', WANTED.size),
          ['br_if', 'texts', ['i32.lt_u', get('wanted'), get('textsEnd')]],
        ],
        ['i32.store', get('kept'), get('record'), 0],
        advance('kept', ['i32.shl', get('holds'), 2]),
        advance('chosen', 4),
        ['br', 'records'],
      ],
    ],
    ['i32.store', get('state'), get('kept'), 0],
    get('chosen'),
  ],
};
