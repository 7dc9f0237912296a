import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { searched } from '../../support/long.ts';
import { mutated, schema } from '../arbitrary-files.ts';
import { aSchema, check } from '../support.ts';
import { cleaned } from './support.ts';
import { validFile } from './valid-files.ts';

test('nothing that was right is changed: a file without a fault is left as it is, or asked about', async () => {
  await fc.assert(
    fc.asyncProperty(validFile, async ({ fields, text }) => {
      const any = aSchema({ fields: fields.map((field) => ({ ...field })) });
      const { result } = await check(any, text);
      if (result.verdict !== 'checked' || result.rows.rejected > 0) return;
      const outcome = await cleaned(text, any);
      if ('text' in outcome)
        expect([outcome.isUnchanged, outcome.applied.changes, outcome.says]).toEqual([true, [], []]);
      else
        expect(outcome).toHaveProperty('questions', [
          expect.objectContaining({ about: expect.stringMatching(/^(?:totals|headings)$/) }),
        ]);
    }),
    { numRuns: searched(60, 3000) },
  );
});

/** Without keys: a record that is mended may have the key of one that was right, and comes before it. */
const keyless = {
  ...schema,
  primaryKey: [],
  uniqueKeys: [],
  fields: schema.fields.map((field) =>
    field.constraints ? { ...field, constraints: { ...field.constraints, unique: undefined } } : field,
  ),
};

test('what was accepted is neither changed nor lost, whatever else is in the file', async () => {
  await fc.assert(
    fc.asyncProperty(mutated, async (bytes) => {
      const before = await check(keyless, bytes);
      if (before.result.verdict !== 'checked' || before.result.rows.accepted === 0) return;
      const outcome = await cleaned(before.accepted, keyless);
      expect('text' in outcome && [outcome.isUnchanged, outcome.text]).toEqual([true, before.accepted]);
      const messy = await cleaned(bytes, keyless, { headings: 'keep', totals: 'keep' });
      if (!('text' in messy)) return;
      const after = await check(keyless, messy.text);
      const accepted = new Set(after.accepted.split('\n'));
      const lost = before.accepted.split('\n').filter((line) => !accepted.has(line));
      expect(lost).toEqual([]);
    }),
    { numRuns: searched(30, 1000) },
  );
});

test('a long record with a carriage return in quotes makes no file of carriage returns', async () => {
  const note = `"a\rb${'x'.repeat(40_000)}","${'y'.repeat(40_000)}"`;
  const fields = ['note', 'more'].map((name) => ({ name, type: 'string' as const }));
  const outcome = await cleaned(`${note}\n`, aSchema({ fields }), { header: 'none' });
  expect('text' in outcome && outcome.text).toBe(`note,more\n${note}\n`);
});
