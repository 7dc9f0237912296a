import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { patternTable } from '../../functions/records/types/patterns/ascii-dfa.ts';
import { matches } from '../../functions/records/types/byte-table.ts';
import { isPattern, patternOf } from '../../functions/records/types/patterns/pattern.ts';
import { searched } from '../support/long.ts';
import { mutated, schema } from './arbitrary-files.ts';
import { check, type CheckSettings, inCuts } from './support.ts';

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
    { numRuns: searched(20, 160) },
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
    { numRuns: searched(20, 120) },
  );
});

test('a file cut in two at any byte is the same file', async () => {
  const content = Buffer.from(
    'code,n,x,on,kind,ok,org\n1,1,2.5,2024-02-29,甲,true,002518057\r\n2,NA,,2023-01-01,"b""",0,\n\nabc,7,"0",,"c,",1,"00251809-X"\n3,8,1,2024-02-29,甲\n4,"9\n",1,,甲,,\n5,9,1,2024-02-29,甲,,"00251\n6,10,1,2024-02-29,甲,,\n',
  );
  const whole = await outcome(content, {});
  for (let cut = 0; cut <= content.length; cut += 1)
    expect([cut, await outcome(content, { input: inCuts(content, [cut]) })]).toEqual([cut, whole]);
});

test('what was accepted is accepted again, byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(mutated, async (bytes) => {
      const first = await outcome(bytes, {});
      if (first.result.verdict !== 'checked' || first.result.rows.accepted === 0) return;
      const again = await outcome(Buffer.from(first.accepted), {});
      expect([again.accepted, again.report]).toEqual([first.accepted, []]);
    }),
    { numRuns: searched(20, 120) },
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
    '\\S',
    '[^\\w]',
    '[\\W]',
    '[a\\S]',
    '[^\\s]',
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
        fc.string({
          unit: fc.constantFrom('a', 'b', 'c', '1', '.', '-', 'z', ' ', '_', '$', '\f', '\n', '中'),
          maxLength: 8,
        }),
        { minLength: 20, maxLength: 20 },
      ),
      (source, texts) => {
        const made = patternOf(source);
        const table = patternTable(source);
        if (!isPattern(made) || !table) return;
        tables += 1;
        for (const candidate of texts) {
          const bytes = Buffer.from(candidate);
          const ascii = bytes.length === candidate.length;
          expect([source, candidate, matches(table, bytes, 0, bytes.length)]).toEqual([
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
