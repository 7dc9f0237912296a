import { GOOD, MISSING, READ } from '../cell-rule.ts';
import type { Code, WasmFunction } from './assembler.ts';
import { add, advance, and, byte, get, i64, integer, is, isNot, not, or, set, sub, when } from './code.ts';
import { HEAD, STAGED } from './key-code.ts';
import { PART, plan } from './key-plan.ts';
import { momentText } from './moment-text.ts';

const keyHead = (field: number): Code => ['keys.i32.load', 0, field];

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
  // Neither a beginning nor words.
  ['keys.i64.store', get('key'), i64(0n), STAGED.start],
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
    bits: 'i32',
    zeros: 'i32',
    digits: 'v128',
    quotients: 'v128',
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
