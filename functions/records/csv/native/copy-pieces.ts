import { QUOTED } from '../cells.ts';
import { COMMA, LF } from '../scanner.ts';
import type { Code, WasmFunction } from './assembler.ts';
import { add, advance, and, byte, get, integer, is, isNot, not, or, set, sub, when } from './code.ts';

/** What is written of cells: themselves as they came, nothing, or the masked form of one. */
export const WHOLE = 0;
export const NOTHING = 1;
export const HIDE = 2;
export const FIRST = 3;
export const LAST = 4;

/** Where a piece has its parts, in bytes from its beginning: all are 32-bit integers. */
export const PIECE = {
  kind: 0,
  /** First and last cell. */
  from: 4,
  to: 8,
  /** An empty cell is a missing value. */
  emptyIsMissing: 12,
  size: 16,
} as const;

/** Of the bytes of a record: it is not sure of a longer one. */
export const LONGEST_RECORD = 64 * 1024;
/** Bytes that a piece adds to them at most: stars, quotes and a comma. */
export const ADDED = 12;
/** Copies may write so much beyond their end. */
export const BEYOND = 32;

const STARS = 0x2a2a2a2a;
const piece = (part: number): Code => integer(get('piece'), part);
const isContinuation = (at: Code): Code => is(and(byte(at), 0xc0), 0x80);
const copy16 = (offset: number): Code => ['v128.store', get('out'), ['v128.load', get('start'), offset], offset];
const stars = (offset: number): Code => ['i32.store', get('out'), STARS, offset];
const UNSURE: Code = ['br', 'unsure'];

const hide: readonly Code[] = [stars(0), advance('out', 3), ['br', 'written']];

const first: readonly Code[] = [
  set('i', get('start')),
  [
    'loop',
    'character',
    advance('i'),
    ['br_if', 'character', and(['i32.lt_u', get('i'), get('end')], isContinuation(get('i')))],
  ],
  when(['i32.ge_u', get('i'), get('end')], ...hide),
  set('i', sub(get('i'), get('start'))),
  when(['i32.gt_s', get('i'), 4], UNSURE),
  ['i32.store', get('out'), integer(get('start')), 0],
  advance('out', get('i')),
  stars(0),
  advance('out', 2),
  ['br', 'written'],
];

const last: readonly Code[] = [
  stars(0),
  stars(4),
  set('left', 4),
  set('i', get('end')),
  [
    'block',
    'found',
    [
      'loop',
      'characters',
      ['br_if', 'found', or(['i32.le_s', get('i'), get('start')], not(get('left')))],
      advance('i', -1),
      set('left', sub(get('left'), not(isContinuation(get('i'))))),
      ['br', 'characters'],
    ],
  ],
  when(is(get('i'), get('start')), advance('out', 8), ['br', 'written']),
  advance('out', 4),
  set('start', get('i')),
];

/** Goes on to the copy of what is left of the cell, or to what is behind it. */
const masked: readonly Code[] = [
  ['br_if', 'written', is(piece(PIECE.kind), NOTHING)],
  when(byte(add(get('quotes'), piece(PIECE.from))), UNSURE),
  ['br_if', 'written', and(is(get('start'), get('end')), piece(PIECE.emptyIsMissing))],
  when(is(piece(PIECE.kind), HIDE), ...hide),
  when(is(piece(PIECE.kind), FIRST), ...first),
  ...last,
];

/** 32 bytes at a time: most pieces take one or two turns. */
const copy: readonly Code[] = [
  set('to', add(get('out'), sub(get('end'), get('start')))),
  [
    'loop',
    'words',
    copy16(0),
    copy16(16),
    advance('out', 32),
    advance('start', 32),
    ['br_if', 'words', ['i32.lt_u', get('out'), get('to')]],
  ],
  set('out', get('to')),
];

const place = (part: number, offset: number): Code => integer(add(get('places'), ['i32.shl', piece(part), 3]), offset);
const quoteAt = (part: number): Code => and(byte(add(get('quotes'), piece(part))), QUOTED);

/**
 * Writes lines of records: of each that `chosen` names its pieces, [piece, piecesEnd), as `csvLines` does. The answer is the
 * address in `chosen` of the record that it has not written: it was not sure of it, or `out` has come to `outEnd`. Where the
 * lines end goes to `state`.
 */
export const copyPieces: WasmFunction = {
  name: 'copy',
  parameters: ['pieces', 'piecesEnd', 'offsets', 'flags', 'width', 'chosen', 'chosenEnd', 'out', 'outEnd', 'state'],
  locals: {
    line: 'i32',
    piece: 'i32',
    places: 'i32',
    quotes: 'i32',
    start: 'i32',
    end: 'i32',
    to: 'i32',
    i: 'i32',
    left: 'i32',
  },
  body: [
    set('line', get('out')),
    [
      'block',
      'unsure',
      [
        'loop',
        'records',
        ['br_if', 'unsure', or(['i32.ge_u', get('chosen'), get('chosenEnd')], ['i32.ge_u', get('out'), get('outEnd')])],
        set('i', ['i32.mul', integer(get('chosen')), get('width')]),
        set('places', add(get('offsets'), ['i32.shl', get('i'), 3])),
        set('quotes', add(get('flags'), get('i'))),
        set('end', integer(sub(add(get('places'), ['i32.shl', get('width'), 3]), 4))),
        when(['i32.gt_s', sub(get('end'), integer(get('places'))), LONGEST_RECORD], UNSURE),
        set('piece', get('pieces')),
        [
          'loop',
          'pieces',
          set('start', sub(place(PIECE.from, 0), quoteAt(PIECE.from))),
          set('end', add(place(PIECE.to, 4), quoteAt(PIECE.to))),
          ['block', 'written', when(isNot(piece(PIECE.kind), WHOLE), ...masked), ...copy],
          ['i32.store8', get('out'), COMMA, 0],
          advance('out'),
          advance('piece', PIECE.size),
          ['br_if', 'pieces', ['i32.lt_u', get('piece'), get('piecesEnd')]],
        ],
        ['i32.store8', sub(get('out'), 1), LF, 0],
        advance('chosen', 4),
        set('line', get('out')),
        ['br', 'records'],
      ],
    ],
    ['i32.store', get('state'), get('line'), 0],
    get('chosen'),
  ],
};
