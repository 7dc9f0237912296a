import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asciiMatcher } from '../../functions/records/types/ascii-dfa.ts';
import { isPattern, patternOf } from '../../functions/records/types/pattern.ts';
import { aSchema, check, type CheckSettings, inCuts } from './support.ts';

const schema = aSchema({
  missingValues: ['', 'NA'],
  fields: [
    { name: 'code', type: 'string', constraints: { unique: true, pattern: '\\d{1,3}|[a-c]+' } },
    { name: 'n', type: 'integer', constraints: { minimum: -5, exclusiveMaximum: 100 } },
    { name: 'x', type: 'number', constraints: { minimum: 0 } },
    { name: 'on', type: 'date', constraints: { minimum: '2000-01-01' } },
    {
      name: 'kind',
      type: 'string',
      sensitivity: 'personal',
      missingValues: ['-'],
      constraints: { required: true, enum: ['甲', 'b"', 'c,'], maxLength: 2 },
    },
    { name: 'ok', type: 'boolean' },
    { name: 'org', type: 'string', check: 'gb11714', constraints: { minLength: 9 } },
  ],
  primaryKey: ['n', 'on'],
  uniqueKeys: [['x', 'ok']],
});

const cell = fc.oneof(
  fc.constantFrom(
    '',
    'NA',
    '-',
    '1',
    '01',
    '7',
    '100',
    '-5',
    '-6',
    '0.5',
    '.50',
    '5E-1',
    '2024-02-29',
    '2023-02-29',
    '1999-12-31',
    '甲',
    'true',
    '1',
    '002518057',
    '00251805-8',
    'abc',
    'x y',
    '𠮷',
  ),
  fc.constantFrom('"甲"', '"b"""', '"c,"', '"1"', '"a\nb"', '""', '"x"y', 'x"', '"', '\r', '\0', '1\r\n2', '"\r\n"'),
  fc.string({ maxLength: 4 }),
);
const good = fc.tuple(
  fc.integer({ min: 0, max: 40 }).map(String),
  fc.integer({ min: -7, max: 20 }).map(String),
  fc.constantFrom('0', '1', '2.5', '2.50', ''),
  fc.constantFrom('2024-02-29', '2023-01-01', '1999-12-31'),
  fc.constantFrom('甲', '"b"""', '"c,"', '"甲"'),
  fc.constantFrom('true', '0', ''),
  fc.constantFrom('002518057', '', '00251809-X'),
);
const record = fc.oneof(
  { weight: 3, arbitrary: good },
  { weight: 1, arbitrary: fc.array(cell, { minLength: 6, maxLength: 8 }) },
);
const text = fc
  .array(fc.tuple(record, fc.constantFrom('\n', '\r\n', '\n\n')))
  .map((records) => `code,n,x,on,kind,ok,org\n${records.map(([cells, end]) => cells.join(',') + end).join('')}`);
/** Bytes changed after the header, at any place. */
const mutated = fc
  .tuple(
    text,
    fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(0x22, 0x2c, 0x0a, 0x0d, 0xff, 0), fc.nat({ max: 255 }))), {
      maxLength: 3,
    }),
  )
  .map(([content, changes]) => {
    const bytes = Buffer.from(content);
    for (const [place, byte] of changes) if (bytes.length > 24) bytes[24 + (place % (bytes.length - 24))] = byte;
    return bytes;
  });

const outcome = async (bytes: Uint8Array, settings: CheckSettings) => {
  const { result, accepted, report, fixFile } = await check(schema, bytes, settings);
  if (result.verdict === 'checked') expect(result.rows.read).toBe(result.rows.accepted + result.rows.rejected);
  return { result, accepted, report, fixFile };
};

test('the fast way accepts what the slow way accepts, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(mutated, async (bytes) => {
      expect(await outcome(bytes, { fast: true })).toEqual(await outcome(bytes, { fast: false }));
    }),
    { numRuns: 150 },
  );
});

test('the pieces in which a file comes make no difference', async () => {
  await fc.assert(
    fc.asyncProperty(
      mutated,
      fc.array(fc.nat({ max: 400 })),
      fc.constantFrom('utf-8' as const, 'gb18030' as const),
      async (bytes, cuts, encoding) => {
        expect(await outcome(bytes, { encoding, input: inCuts(bytes, cuts) })).toEqual(
          await outcome(bytes, { encoding }),
        );
      },
    ),
    { numRuns: 100 },
  );
});

test('what was accepted is accepted again, byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(mutated, async (bytes) => {
      const first = await outcome(bytes, {});
      if (first.result.verdict !== 'checked' || first.result.rows.accepted === 0) return;
      const again = await outcome(Buffer.from(first.accepted), {});
      expect([again.accepted, again.report]).toEqual([first.accepted, []]);
    }),
    { numRuns: 60 },
  );
});

/** Patterns of the plain syntax, and texts that come near to matching them. */
const piece: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    '\\d',
    '\\w',
    '.',
    '[a-c]',
    '[^b]',
    '[\\d-]',
    '\\.',
    '[a\\-z]',
    '[一-龥]',
    '\\u0061',
    '\\s',
    '-',
    '\\W',
    '[^\\w]',
    '[.]',
    '中',
  ),
);
const quantified = fc
  .tuple(piece, fc.constantFrom('', '', '?', '*', '+', '{2}', '{1,3}', '{2,}', '{0}', '{0,2}'))
  .map(([part, times]) => part + times);
const sequence = fc.array(quantified, { maxLength: 4 }).map((parts) => parts.join(''));
const pattern = fc
  .tuple(sequence, sequence, sequence, fc.constantFrom('', '?', '*', '+', '{2}'))
  .map(([first, second, third, times]) => `${first}(${second}|${third})${times}`);

test('a table accepts the ASCII texts that RE2 accepts', () => {
  let tables = 0;
  fc.assert(
    fc.property(
      pattern,
      fc.array(
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '.', '-', 'z', ' ', '_', '\n', '中'), maxLength: 8 }),
        { minLength: 20, maxLength: 20 },
      ),
      (source, texts) => {
        const made = patternOf(source);
        const table = asciiMatcher(source);
        if (!isPattern(made) || !table) return;
        tables += 1;
        for (const candidate of texts) {
          const bytes = Buffer.from(candidate);
          const ascii = bytes.length === candidate.length;
          expect([source, candidate, table(bytes, 0, bytes.length)]).toEqual([
            source,
            candidate,
            ascii && made.matches(candidate),
          ]);
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(tables).toBeGreaterThan(100);
});
