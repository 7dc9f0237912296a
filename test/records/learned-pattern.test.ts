import { expect, test } from '@jest/globals';
import { LearnedPattern, MOST_KINDS, MOST_STATES } from '../../functions/records/types/certain/pattern.ts';
import { isPattern, patternOf } from '../../functions/records/types/patterns/pattern.ts';
import { type Column, columnOf, judge } from '../../functions/records/types/column.ts';
import { searched } from '../support/long.ts';
import { type Seeded, seeded } from '../support/seeded.ts';
import { nativeCell } from './native-cells.ts';
import { aSchema, check } from './support.ts';

const PATTERNS = searched(60, 600);

const column = (constraints: object, more: object = {}): Column => {
  const { fields, ...schema } = aSchema({ fields: [{ name: 'a', type: 'string', constraints, ...more }] });
  const [field] = fields;
  if (!field) throw new Error('a schema has a field');
  return columnOf(field, { fields, ...schema });
};

const ATOMS =
  String.raw`中 é · 𠮷 a . \u4e2d \n , [一-龥] [\u4e00-\u9fa5A-Z] [^中a] [𠀀-𪛖] [^𠮷\d] [\p{IsGreek}é] [\w·]
  \p{Han} \p{L} \P{L} \w \W \d \s \S \p{IsPrivateUse}`.split(/\s+/);
const TIMES = ['', '', '', '?', '*', '+', '{2}', '{0,3}', '{1,}'];
/** What borders on something: of UTF-8 each length, of the planes, of the classes above. */
const CHARACTERS = Array.from(
  '中国é·𠮷𠀀𪛖aZ9_ ,"\n\r\t一龥龦α٣\u0000\u007f\u0080\u07ff\u0800\ud7ff\ue000\ufffd\uffff\u{10000}\u{3ffff}\u{40000}\u{e0041}\u{10fffd}\u{10ffff}',
);

function aPattern(random: Seeded, depth = 2): string {
  const parts = Array.from({ length: 1 + random.below(3) }, () => {
    const isGroup = depth > 0 && random.below(4) === 0;
    const atom = isGroup ? `(${aPattern(random, depth - 1)}|${aPattern(random, depth - 1)})` : random.pick(ATOMS);
    return atom + random.pick(TIMES);
  });
  return parts.join('');
}

/** A value that often matches: characters of the kind that stand in the pattern, and a few others. */
function aText(random: Seeded): string {
  const few = Array.from({ length: 3 }, () => random.pick(CHARACTERS));
  return Array.from({ length: 1 + random.below(5) }, () => random.pick(few)).join('');
}

test('what is learned of a pattern says of values what RE2 says', () => {
  const random = seeded(11);
  let good = 0;
  for (let i = 0; i < PATTERNS; i += 1) {
    const pattern = aPattern(random);
    const [made, learned] = [patternOf(pattern), LearnedPattern.of(pattern)];
    if (!isPattern(made) || !learned) throw new Error(`${pattern} is no plain pattern`);
    for (let k = 0; k < 100; k += 1) {
      const text = aText(random);
      const matches = made.matches(text);
      if (matches) good += 1;
      expect({ pattern, text, matches: learned.matches(text) }).toEqual({ pattern, text, matches });
    }
  }
  expect(good).toBeGreaterThan(PATTERNS * 5);
});

test('a value that was asked about is judged natively from then on, and as RE2 judges it', () => {
  const random = seeded(12);
  let good = 0;
  for (let i = 0; i < PATTERNS; i += 1) {
    const constraints = { pattern: aPattern(random), ...random.pick([{}, { minLength: 2 }, { maxLength: 3 }]) };
    const asked = column(constraints);
    const { isSure } = nativeCell(asked);
    for (let k = 0; k < 60; k += 1) {
      const text = aText(random);
      isSure(text);
      const isGood = judge(asked, text).kind === 'good';
      // In quotes that are doubled, and of the last planes, nothing is known.
      const isKnown = isGood && !/["\r\n\u{40000}-\u{10ffff}]/u.test(text);
      const { pattern } = constraints;
      if (isKnown) expect({ pattern, text, sure: isSure(text) }).toEqual({ pattern, text, sure: true });
      else if (!isGood) expect({ pattern, text, sure: isSure(text) }).toEqual({ pattern, text, sure: false });
      if (isKnown) good += 1;
    }
  }
  expect(good).toBeGreaterThan(PATTERNS * 2);
});

const every = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code));

test('every character of the first planes: those that there is no place for are asked about', () => {
  const asked = column({ pattern: '.{1,9}' });
  const { isSure } = nativeCell(asked);
  const random = seeded(13);
  const all = every(0x80, 0x2ffff);
  let sure = 0;
  for (let i = 0; i < all.length; i += 97) {
    const text = all.slice(i, i + 1 + random.below(9)).join('');
    isSure(text);
    if (isSure(text)) sure += 1;
  }
  expect(sure / (all.length / 97)).toBeGreaterThan(0.1);
  expect(sure / (all.length / 97)).toBeLessThan(0.9);
});

/** Each `a` or `b`, in no order. */
function letters(count: number): string {
  const random = seeded(17);
  return Array.from({ length: count }, () => random.pick(['a', 'b'])).join('');
}

const manyKinds = Array.from({ length: 40 }, (_, i) => `(${String.fromCodePoint(0x4e00 + i)}|x${i})`).join('');

test.each([
  ['more kinds of characters than are told apart', manyKinds, manyKinds.replaceAll(/[()]|\|x\d+/g, '')],
  ['more states than are kept', '[ab]*a[ab]{10}中', `${letters(3000)}aabbabababb中`],
  ['more states than places', '([ab]*a[ab]{6})?中', `${letters(1000)}aababab中`],
  ['a long value', '.{0,450}é', `${'中'.repeat(440)}é`],
])('%s: the answer is RE2’s', (_, pattern, good) => {
  const asked = column({ pattern });
  const { isSure } = nativeCell(asked);
  const learned = LearnedPattern.of(pattern);
  const mutants = [good, good.slice(1), `${good}é`, good.replace('中', 'a'), good.slice(0, -1), `x${good}`];
  for (const text of [...mutants, ...mutants]) {
    const isGood = judge(asked, text).kind === 'good';
    // It may say no; what it says yes to is true, here and natively.
    if (learned?.matches(text)) expect({ text, isGood }).toEqual({ text, isGood: true });
    isSure(text);
  }
  expect(judge(asked, good).kind).toBe('good');
});

test('what a pattern learns has bounds', () => {
  const told = { kinds: new Set<number>(), states: new Set<number>(), characters: 0 };
  const learned = LearnedPattern.of(`${manyKinds}|([ab]*a[ab]{10}|.)*é`);
  learned?.tells({
    character: (_, kind) => {
      told.characters += 1;
      told.kinds.add(kind);
    },
    step: (_, __, to) => told.states.add(to),
  });
  for (const character of every(0x80, 0x2ffff)) learned?.matches(character);
  learned?.matches(letters(10_000));
  expect(Math.max(...told.kinds)).toBeLessThanOrEqual(MOST_KINDS);
  expect(Math.max(...told.states)).toBeLessThanOrEqual(MOST_STATES);
  expect(told.characters).toBeLessThanOrEqual(50_000);
});

/** The rows of a file, as the fast way and the slow way see them. */
async function bothWays(schema: ReturnType<typeof aSchema>, content: Uint8Array) {
  const [fast, slow] = [await check(schema, content), await check(schema, content, { fast: false })];
  expect(fast).toEqual(slow);
  if (fast.result.verdict === 'refused') throw new Error(fast.result.refusal.detail);
  return fast.result.rows;
}

const PIECES: readonly (readonly number[])[] = [
  ...['中', '国', 'é', '𠮷', 'a'].map((text) => [...Buffer.from(text)]),
  // Cut.
  [0xe4],
  [0xe4, 0xb8],
  [0xc3],
  [0xf0, 0xa0],
  // More bytes than it takes, half of a pair, beyond the last plane.
  [0xc1, 0xa1],
  [0xe0, 0x81, 0xa1],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf8, 0x88, 0x80, 0x80, 0x80],
  // Bytes that stand nowhere by themselves.
  [0x80],
  [0xff],
];

test('bytes that are no UTF-8 are rejected, whatever a pattern has learned of them', async () => {
  const schema = aSchema({
    fields: ['a', 'b'].map((name) => ({ name, type: 'string', constraints: { pattern: '.+' } })),
  });
  const random = seeded(15);
  const cell = () => Array.from({ length: 1 + random.below(3) }, () => random.pick(PIECES)).flat();
  const lines = Array.from({ length: 3000 }, () => [...cell(), 0x2c, ...cell(), 0x0a]);
  const { accepted, rejected } = await bothWays(schema, Buffer.from([...Buffer.from('a,b\n'), ...lines.flat()]));
  expect([accepted > 50, rejected > 1000]).toEqual([true, true]);
});

test('a hundred patterns in one table have no place for all: the others are asked about', async () => {
  const names = Array.from({ length: 120 }, (_, i) => `f${i}`);
  const schema = aSchema({
    fields: names.map((name, i) => ({ name, type: 'string', constraints: { pattern: `[一-龥]{1,${(i % 7) + 1}}` } })),
  });
  const random = seeded(16);
  const row = () => names.map(() => '中国人民'.slice(0, 1 + random.below(4))).join(',');
  const good = () => names.map(() => random.pick(['中', '国'])).join(',');
  const lines = Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? row() : good()));
  const { accepted, rejected } = await bothWays(schema, Buffer.from(`${names.join(',')}\n${lines.join('\n')}\n`));
  expect([accepted >= 40, rejected > 0]).toEqual([true, true]);
});
