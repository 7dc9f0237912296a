import { DATE, GOOD_OTHERWISE, INTEGER, NUMBER, OTHER, TABLE, TEXT } from '../cell-rule.ts';
import { DOUBLED, QUOTED } from '../cells.ts';
import { COMMA, CR, LF, QUOTE } from '../scanner.ts';
import type { Code, WasmFunction } from './assembler.ts';
import { add, advance, and, byte, get, is, isNot, not, or, set, sub, when } from './code.ts';

/** Where a rule has its parts, in bytes from its beginning; the bounds are doubles, the others 32-bit integers. */
export const RULE = {
  kind: 0,
  good: 4,
  empty: 8,
  /** Addresses of the table's two arrays. */
  next: 12,
  accepts: 16,
  /** Other marks of a missing value. Bit n: one has n bytes; and the address of 256 bytes: one begins so. */
  markers: 20,
  markerStarts: 88,
  least: 24,
  most: 32,
  above: 40,
  below: 48,
  /** The first two as integers, for lengths and dates. */
  leastInt: 56,
  mostInt: 60,
  /** A code of weighted characters: addresses of the values and of the check characters, places, modulus, length, hyphen. */
  values: 64,
  checks: 68,
  places: 72,
  modulus: 76,
  length: 80,
  hyphen: 84,
  size: 96,
} as const;

const ZERO = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;

const rule = (part: number): Code => ['i32.load', get('rule'), part];
const bound = (part: number): Code => ['f64.load', get('rule'), part];
const f64 = (value: number): Code => ['f64', String(value)];
const among = (...bytes: number[]): Code => [
  'i8x16.bitmask',
  bytes.map((value): Code => ['i8x16.eq', get('word'), ['i8x16.splat', value]]).reduce((a, b) => ['v128.or', a, b]),
];
const within = (value: Code): Code =>
  and(['i32.ge_s', value, rule(RULE.leastInt)], ['i32.le_s', value, rule(RULE.mostInt)]);
const size = sub(get('i'), get('from'));
const UNSURE: Code = ['return', -1];

/** Sixteen bytes at a time up to one that may end the cell; a doubled quote is passed over. */
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

/** The table's length bounds are of characters, all of them ASCII. */
const table: readonly Code[] = [
  set('value', 1),
  set('first', rule(RULE.next)),
  [
    'block',
    'ended',
    [
      'loop',
      'bytes',
      set('to', byte(add(get('first'), or(['i32.shl', get('value'), 8], byte(get('i')))))),
      ['br_if', 'ended', not(get('to'))],
      set('value', get('to')),
      advance('i'),
      ['br', 'bytes'],
    ],
  ],
  set('good', and(byte(add(rule(RULE.accepts), get('value'))), within(size))),
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
      set('to', sub(byte(get('i')), ZERO)),
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
  // First, for `or` has no short cut: a record may begin at address 0, and there is no byte before that.
  ['br_if', 'judged', not(digitsSize)],
  ['br_if', 'judged', or(['i32.gt_s', digitsSize, 15], is(byte(sub(get('i'), 1)), POINT))],
  when(isDecimal, set('number', ['f64.div', get('number'), get('scale')]), set('outcome', GOOD_OTHERWISE)),
  when(isNegative, set('number', ['f64.neg', get('number')])),
  when(and(is(byte(get('first')), ZERO), or(isNegative, ['i32.gt_s', digitsSize, 1])), set('outcome', GOOD_OTHERWISE)),
  set(
    'good',
    and(
      ['f64.ge', get('number'), bound(RULE.least)],
      ['f64.le', get('number'), bound(RULE.most)],
      ['f64.gt', get('number'), bound(RULE.above)],
      ['f64.lt', get('number'), bound(RULE.below)],
    ),
  ),
];

const digitAt = (offset: number): Code => ['i32.lt_u', sub(byte(get('i'), offset), ZERO), 10];
const twoDigits = (offset: number): Code =>
  sub(add(['i32.mul', byte(get('i'), offset), 10], byte(get('i'), offset + 1)), ZERO * 11);
const isMultiple = (value: Code, of: number): Code => not(['i32.rem_u', value, of]);
const year = get('value');

/** `2026-12-31`. */
const date: readonly Code[] = [
  ['br_if', 'judged', not(and(digitAt(0), digitAt(1), digitAt(2), digitAt(3), is(byte(get('i'), 4), MINUS)))],
  ['br_if', 'judged', not(and(digitAt(5), digitAt(6), is(byte(get('i'), 7), MINUS), digitAt(8), digitAt(9)))],
  set('value', add(['i32.mul', twoDigits(0), 100], twoDigits(2))),
  set('month', twoDigits(5)),
  set('day', twoDigits(8)),
  ['br_if', 'judged', or(not(year), not(get('day')), ['i32.ge_u', sub(get('month'), 1), 12])],
  // Odd months up to July and even ones from August have 31 days.
  set('j', add(30, and(add(get('month'), ['i32.shr_u', get('month'), 3]), 1))),
  when(
    is(get('month'), 2),
    set('j', add(28, and(isMultiple(year, 4), or(not(isMultiple(year, 100)), isMultiple(year, 400))))),
  ),
  ['br_if', 'judged', ['i32.gt_s', get('day'), get('j')]],
  set('value', add(['i32.mul', add(['i32.mul', year, 100], get('month')), 100], get('day'))),
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
];

/** Where the jump by kind goes. */
const BY_KIND: Readonly<Record<number, string>> = {
  [TEXT]: 'text',
  [TABLE]: 'table',
  [NUMBER]: 'number',
  [INTEGER]: 'number',
  [DATE]: 'date',
  [OTHER]: 'judged',
};
const TARGETS = Array.from(Object.keys(BY_KIND), (_, kind) => BY_KIND[kind] ?? 'judged');

/** What the kinds do with a cell; each goes on behind the block `judged`. */
const judged: Code = [
  'block',
  'judged',
  [
    'block',
    'date',
    [
      'block',
      'number',
      [
        'block',
        'table',
        ['block', 'text', ['br_table', rule(RULE.kind), ...TARGETS, 'judged']],
        ...text,
        ['br', 'judged'],
      ],
      ...table,
      ['br', 'judged'],
    ],
    ...number,
    ['br', 'judged'],
  ],
  ...date,
];

const stop = byte(add(get('i'), get('quoted')));
const isNoLineEnd = and(isNot(get('stop'), LF), isNot(get('stop'), CR));

/** A cell that is certainly good goes on behind the block `found`, any other behind the block `doubted`. */
const certain: readonly Code[] = [
  judged,
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
  textEnd,
  set('stop', stop),
  when(and(get('quoted'), isNot(byte(get('i')), QUOTE)), UNSURE),
  when(and(isNot(get('stop'), COMMA), isNoLineEnd), UNSURE),
  set('outcome', 0),
  ['i32.store', get('ask'), get('outcomes'), 0],
  advance('ask', 4),
];

/**
 * `FastScan.read` once more, for a processor that compares sixteen bytes at once: same answers, none, or a question. The
 * answer is where the next record starts, or -1 for a record of which it does not find the cells. All parameters are
 * addresses; `rule` and `rulesEnd` enclose the rules, and the cells go to `offsets`, `quotes` and `outcomes`. At `asks`
 * comes to stand how many bytes of questions follow: the addresses of the outcomes of cells that it has not judged.
 */
export const readRecord: WasmFunction = {
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
    number: 'f64',
    scale: 'f64',
    word: 'v128',
  },
  body: [
    set('ask', add(get('asks'), 4)),
    [
      'loop',
      'cells',
      set('quoted', is(byte(get('i')), QUOTE)),
      set('flags', get('quoted')),
      advance('i', get('quoted')),
      set('from', get('i')),
      set('outcome', rule(RULE.good)),
      set('good', 0),
      ['block', 'found', ['block', 'doubted', ...certain], ...asked],
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
    ['i32.store', get('asks'), sub(get('ask'), add(get('asks'), 4)), 0],
    when(['i32.ge_u', get('i'), get('limit')], UNSURE),
    when(is(get('stop'), LF), ['return', add(get('i'), 1)]),
    when(and(is(get('stop'), CR), is(byte(get('i'), 1), LF), ['i32.lt_u', add(get('i'), 1), get('limit')]), [
      'return',
      add(get('i'), 2),
    ]),
    -1,
  ],
};
