import {
  DATE,
  DECIMAL,
  GOOD_OTHERWISE,
  INTEGER,
  LIST,
  MOMENT,
  NUMBER,
  OTHER,
  PATTERN,
  TABLE,
  TEXT,
} from '../cell-rule.ts';
import { START } from '../../types/certain/pattern.ts';
import { DOUBLED, QUOTED } from '../cells.ts';
import { COMMA, CR, LF, QUOTE } from '../scanner.ts';
import type { Code, WasmFunction } from './assembler.ts';
import { add, advance, and, branches, byte, get, is, isNot, not, or, set, sub, when } from './code.ts';
import { list } from './list-code.ts';
import { moment } from './moment-code.ts';
import { decimal, inBounds, LETTER_E, LOWER, PLUS } from './number-code.ts';
import { pattern } from './pattern-code.ts';
import { digitOf, f64, isDigit, own, realDate, RULE, rule, twoDigits, ZERO } from './rule.ts';

const MINUS = 0x2d;
const POINT = 0x2e;
const ASCII = 0x80;

const among = (...bytes: number[]): Code => [
  'i8x16.bitmask',
  bytes.map((value): Code => ['i8x16.eq', get('word'), ['i8x16.splat', value]]).reduce((a, b) => ['v128.or', a, b]),
];
const within = (value: Code): Code =>
  and(['i32.ge_s', value, rule(RULE.leastInt)], ['i32.le_s', value, rule(RULE.mostInt)]);
const size = sub(get('i'), get('from'));
const UNSURE: Code = ['return', -1];

/** Sixteen bytes at a time up to one that may end the cell; in quotes, a doubled quote and a line break are passed over. */
const textEnd: Code = [
  'loop',
  'run',
  set('word', ['v128.load', get('i'), 0]),
  set('mask', among(QUOTE, LF)),
  when(not(get('quoted')), set('mask', or(get('mask'), among(COMMA, CR)))),
  when(not(get('mask')), advance('i', 16), ['br', 'run']),
  advance('i', ['i32.ctz', get('mask')]),
  when(
    and(get('quoted'), is(byte(get('i')), QUOTE), is(byte(get('i'), 1), QUOTE)),
    set('flags', QUOTED | DOUBLED),
    advance('i', 2),
    ['br', 'run'],
  ),
  when(
    and(get('quoted'), is(byte(get('i')), LF), ['i32.lt_u', get('i'), get('limit')]),
    advance('lines'),
    advance('i'),
    ['br', 'run'],
  ),
];

const text: readonly Code[] = [
  textEnd,
  // A character takes one to four bytes, a doubled quote two: most lengths are settled without counting.
  set('good', and(['i32.le_s', size, rule(RULE.mostInt)], ['i32.ge_s', size, ['i32.mul', rule(RULE.leastInt), 4]])),
  ['br_if', 'judged', or(get('good'), is(get('flags'), QUOTED | DOUBLED))],
  set('value', 0),
  set('j', get('from')),
  [
    'block',
    'counted',
    [
      'loop',
      'count',
      ['br_if', 'counted', ['i32.ge_u', get('j'), get('i')]],
      set('value', add(get('value'), isNot(and(byte(get('j')), 0xc0), 0x80))),
      advance('j'),
      ['br', 'count'],
    ],
  ],
  set('good', within(get('value'))),
];

/** Where the rule of a table has its own parts. */
export const TABLE_RULE = {
  /** Address of 256 bytes: the class of each byte, 0 for one that no text has; and of those for cells in quotes. */
  classes: 0,
  quotedClasses: 4,
  /** Bits of a class. */
  bits: 8,
  /** Address of the state after each class; of that after each pair of classes, or 0; of what a state accepts. */
  next: 12,
  pairs: 16,
  accepts: 20,
  size: 24,
} as const;
const classAt = (offset: number): Code => byte(add(get('form'), byte(get('i'), offset)));

/**
 * Two bytes at a time: what a step takes is to wait for the state before. The table's length bounds are of characters, all of
 * them ASCII.
 */
const table: readonly Code[] = [
  set('own', rule(RULE.own)),
  set('form', own(TABLE_RULE.classes)),
  when(get('quoted'), set('form', own(TABLE_RULE.quotedClasses))),
  set('first', own(TABLE_RULE.bits)),
  set('value', 1),
  set('next', own(TABLE_RULE.pairs)),
  when(get('next'), [
    'loop',
    'pairs',
    set(
      'to',
      byte(
        add(
          ['i32.shl', ['i32.shl', get('value'), get('first')], get('first')],
          add(get('next'), or(['i32.shl', classAt(0), get('first')], classAt(1))),
        ),
      ),
    ),
    when(get('to'), set('value', get('to')), advance('i', 2), ['br', 'pairs']),
  ]),
  set('next', own(TABLE_RULE.next)),
  [
    'block',
    'ended',
    [
      'loop',
      'bytes',
      set('to', byte(add(['i32.shl', get('value'), get('first')], add(get('next'), classAt(0))))),
      ['br_if', 'ended', not(get('to'))],
      set('value', get('to')),
      advance('i'),
      ['br', 'bytes'],
    ],
  ],
  // A character that it does not know: the whole cell goes through the pattern of all characters.
  ['br_if', 'pattern', and(['i32.ge_u', byte(get('i')), ASCII], isNot(rule(RULE.learned), 0))],
  set('good', and(byte(add(own(TABLE_RULE.accepts), get('value'))), within(size))),
];

const isDecimal = ['f64.gt', get('scale'), f64(0)] as const;
const isNegative = isNot(get('first'), get('from'));
const digitsSize = sub(get('i'), get('first'));

/** `-12`, `3.50`: sign, digits, at most one point between digits. */
const number: readonly Code[] = [
  set('first', add(get('i'), is(byte(get('i')), MINUS))),
  set('i', get('first')),
  set('number', f64(0)),
  set('scale', f64(0)),
  [
    'block',
    'ended',
    [
      'loop',
      'digits',
      set('to', digitOf(get('i'))),
      when(
        ['i32.lt_u', get('to'), 10],
        set('number', ['f64.add', ['f64.mul', get('number'), f64(10)], ['f64.convert_i32_s', get('to')]]),
        set('scale', ['f64.mul', get('scale'), f64(10)]),
        advance('i'),
        ['br', 'digits'],
      ),
      ['br_if', 'ended', or(isNot(get('to'), POINT - ZERO), is(get('i'), get('first')))],
      ['br_if', 'ended', or(isNot(rule(RULE.kind), NUMBER), isDecimal)],
      set('scale', f64(1)),
      advance('i'),
      ['br', 'digits'],
    ],
  ],
  // An exponent or a plus: it is read anew. It may be a number all the same.
  [
    'br_if',
    'decimal',
    and(isNot(rule(RULE.own), 0), or(is(or(byte(get('i')), LOWER), LETTER_E), is(byte(get('from')), PLUS))),
  ],
  // First, for `or` has no short cut: a record may begin at address 0, and there is no byte before that.
  ['br_if', 'judged', not(digitsSize)],
  ['br_if', 'judged', or(['i32.gt_s', digitsSize, rule(RULE.digits)], is(byte(sub(get('i'), 1)), POINT))],
  when(isDecimal, set('number', ['f64.div', get('number'), get('scale')]), set('outcome', GOOD_OTHERWISE)),
  when(isNegative, set('number', ['f64.neg', get('number')])),
  when(and(is(byte(get('first')), ZERO), or(isNegative, ['i32.gt_s', digitsSize, 1])), set('outcome', GOOD_OTHERWISE)),
  set('good', inBounds),
];

/** `2026-12-31`. */
const date: readonly Code[] = [
  ['br_if', 'judged', not(and(is(byte(get('i'), 4), MINUS), is(byte(get('i'), 7), MINUS)))],
  ['br_if', 'judged', not(and(1, ...[0, 1, 2, 3, 5, 6, 8, 9].map((offset) => isDigit(get('i'), offset))))],
  set('value', add(['i32.mul', twoDigits(get('i')), 100], twoDigits(get('i'), 2))),
  set('month', twoDigits(get('i'), 5)),
  set('day', twoDigits(get('i'), 8)),
  ['br_if', 'judged', not(get('value'))],
  ...realDate('judged'),
  set('value', add(['i32.mul', add(['i32.mul', get('value'), 100], get('month')), 100], get('day'))),
  set('good', within(get('value'))),
  when(get('good'), advance('i', 10)),
];

/** A code of weighted characters and a check character, before which a hyphen may stand. */
const code: readonly Code[] = [
  when(
    isNot(size, rule(RULE.length)),
    ['br_if', 'doubted', or(not(rule(RULE.hyphen)), isNot(sub(size, 1), rule(RULE.length)))],
    ['br_if', 'doubted', isNot(byte(sub(get('i'), 2)), MINUS)],
  ),
  set('value', 0),
  set('j', 0),
  [
    'loop',
    'places',
    set('to', or(['i32.shl', get('j'), 8], byte(add(get('from'), get('j'))))),
    set('value', add(get('value'), ['i32.load', add(rule(RULE.values), ['i32.shl', get('to'), 2]), 0])),
    advance('j'),
    ['br_if', 'places', ['i32.lt_u', get('j'), rule(RULE.places)]],
  ],
  ['br_if', 'doubted', ['i32.gt_s', get('value'), 0xfffff]],
  set('to', byte(add(rule(RULE.checks), ['i32.rem_u', get('value'), rule(RULE.modulus)]))),
  ['br_if', 'doubted', isNot(get('to'), byte(sub(get('i'), 1)))],
  when(
    rule(RULE.birth),
    set('at', add(get('from'), rule(RULE.birth))),
    set('value', add(['i32.mul', twoDigits(get('at')), 100], twoDigits(get('at'), 2))),
    set('month', twoDigits(get('at'), 4)),
    set('day', twoDigits(get('at'), 6)),
    ['br_if', 'doubted', not(get('value'))],
    ...realDate('doubted'),
  ),
];

/** What a kind does with a cell; each goes on behind the block `judged`. */
type Branch = readonly [name: string, code: readonly Code[]];
const done: Code = ['br', 'judged'];
const PLAIN: Readonly<Record<number, Branch>> = {
  [TEXT]: ['text', [...text, done]],
  [TABLE]: ['table', [...table, done]],
  [NUMBER]: ['number', [...number, done]],
  [INTEGER]: ['number', [...number, done]],
  [DATE]: ['date', [...date, done]],
  [OTHER]: ['other', [done]],
  [LIST]: ['other', [done]],
  [MOMENT]: ['other', [done]],
  [PATTERN]: ['pattern', [textEnd, ...pattern(START, within), done]],
  [DECIMAL]: ['decimal', [set('i', get('from')), set('outcome', GOOD_OTHERWISE), ...decimal, done]],
};
const ALL: Readonly<Record<number, Branch>> = {
  ...PLAIN,
  [LIST]: ['list', [textEnd, ...list, done]],
  [MOMENT]: ['moment', [...moment, done]],
};

const judgedBy = (kinds: Readonly<Record<number, Branch>>): Code => [
  'block',
  'judged',
  ...branches(rule(RULE.kind), Object.values(kinds)),
];

const stop = byte(add(get('i'), get('quoted')));
const isNoLineEnd = and(isNot(get('stop'), LF), isNot(get('stop'), CR));

/** A cell that is certainly good goes on behind the block `found`, any other behind the block `doubted`. */
const certain = (kinds: Readonly<Record<number, Branch>>): readonly Code[] => [
  judgedBy(kinds),
  when(is(get('i'), get('from')), set('outcome', rule(RULE.empty)), set('good', get('outcome'))),
  set('stop', stop),
  ['br_if', 'doubted', not(get('good'))],
  when(get('quoted'), ['br_if', 'doubted', isNot(byte(get('i')), QUOTE)]),
  when(isNot(get('stop'), COMMA), ['br_if', 'doubted', isNoLineEnd]),
  // Bytes with doubled quotes are not the value's own; a code has none.
  when(is(get('flags'), QUOTED | DOUBLED), set('outcome', GOOD_OTHERWISE), [
    'br_if',
    'doubted',
    or(rule(RULE.places), rule(RULE.markers)),
  ]),
  [
    'br_if',
    'doubted',
    and(
      ['i32.lt_u', size, 32],
      ['i32.shr_u', rule(RULE.markers), size],
      byte(add(rule(RULE.markerStarts), byte(get('from')))),
    ),
  ],
  ['br_if', 'found', or(not(rule(RULE.places)), is(get('i'), get('from')))],
  ...code,
  ['br', 'found'],
];

/** Finds the end of a cell and leaves the judgement to whoever called: notes where its outcome belongs. */
const asked: readonly Code[] = [
  set('i', get('from')),
  set('flags', get('quoted')),
  set('lines', get('linesBefore')),
  textEnd,
  set('stop', stop),
  when(and(get('quoted'), isNot(byte(get('i')), QUOTE)), UNSURE),
  when(and(isNot(get('stop'), COMMA), isNoLineEnd), UNSURE),
  set('outcome', 0),
  ['i32.store', get('ask'), get('outcomes'), 0],
  advance('ask', 4),
];

/** What stands at `asks` before the questions: how many bytes of them follow, and the line breaks within quotes. */
export const ASKS = { bytes: 0, innerLines: 4, first: 8 } as const;

/**
 * Finds the cells of a record and judges them in one pass over its bytes, sixteen at once where it can. The answer is where the
 * next record starts, or -1 for a record of which it does not find the cells. All parameters are addresses; `rule` and `rulesEnd`
 * enclose the rules, and the cells go to `offsets`, `quotes` and `outcomes`. The questions at `asks` are the addresses of
 * the outcomes of cells that it has not judged. At `limit` there is a line break, where every loop stops.
 */
const readRecordOf = (kinds: Readonly<Record<number, Branch>>): WasmFunction => ({
  name: 'read',
  parameters: ['i', 'limit', 'rule', 'rulesEnd', 'offsets', 'quotes', 'outcomes', 'asks'],
  locals: {
    quoted: 'i32',
    flags: 'i32',
    from: 'i32',
    outcome: 'i32',
    good: 'i32',
    stop: 'i32',
    mask: 'i32',
    to: 'i32',
    value: 'i32',
    first: 'i32',
    month: 'i32',
    day: 'i32',
    j: 'i32',
    ask: 'i32',
    lines: 'i32',
    linesBefore: 'i32',
    own: 'i32',
    parts: 'i32',
    group: 'i32',
    form: 'i32',
    next: 'i32',
    piece: 'i32',
    code: 'i32',
    at: 'i32',
    run: 'i32',
    number: 'f64',
    scale: 'f64',
    word: 'v128',
    front: 'v128',
    back: 'v128',
    tens: 'v128',
    values: 'v128',
  },
  body: [
    set('ask', add(get('asks'), ASKS.first)),
    [
      'loop',
      'cells',
      set('linesBefore', get('lines')),
      set('quoted', is(byte(get('i')), QUOTE)),
      set('flags', get('quoted')),
      advance('i', get('quoted')),
      set('from', get('i')),
      set('outcome', rule(RULE.good)),
      set('good', 0),
      ['block', 'found', ['block', 'doubted', ...certain(kinds)], ...asked],
      ['i32.store8', get('outcomes'), get('outcome'), 0],
      ['i32.store8', get('quotes'), get('flags'), 0],
      ['i32.store', get('offsets'), get('from'), 0],
      ['i32.store', get('offsets'), get('i'), 4],
      advance('outcomes'),
      advance('quotes'),
      advance('offsets', 8),
      advance('rule', RULE.size),
      advance('i', get('quoted')),
      when(['i32.lt_u', get('rule'), get('rulesEnd')], when(isNot(get('stop'), COMMA), UNSURE), advance('i'), [
        'br',
        'cells',
      ]),
    ],
    ['i32.store', get('asks'), sub(get('ask'), add(get('asks'), ASKS.first)), ASKS.bytes],
    ['i32.store', get('asks'), get('lines'), ASKS.innerLines],
    when(['i32.ge_u', get('i'), get('limit')], UNSURE),
    when(is(get('stop'), LF), ['return', add(get('i'), 1)]),
    when(and(is(get('stop'), CR), is(byte(get('i'), 1), LF), ['i32.lt_u', add(get('i'), 1), get('limit')]), [
      'return',
      add(get('i'), 2),
    ]),
    -1,
  ],
});

/** The kinds beyond the plain ones make the program three times as long: who does not need them does not wait for them. */
export const readPlainRecord = readRecordOf(PLAIN);
export const readRecord = readRecordOf(ALL);
