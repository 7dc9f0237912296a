import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lineOf } from '../../functions/records/index.ts';
import { searched } from '../support/long.ts';
import { aRun } from './a-run.ts';
import { csvOf, NAMES, plain, read } from './plain-cases.ts';
import { judgedPlainly, missingPlainly } from './plainly.ts';

test('a list is compared as by plain code, row by row, whatever its values', async () => {
  await fc.assert(
    fc.asyncProperty(plain, async (of) => {
      const { schema, terms, resource, list } = of;
      const judged = judgedPlainly(of);
      const count = (result: string) => judged.filter((row) => row.result === result).length;
      const asked = { schema, terms, resource, list: csvOf(list) };

      const { outcome, result } = await aRun({ ...asked, kind: 'verify' });

      const more = ['_result', '_differs', ...terms.fields.map((name) => `_${name}`)];
      expect(read(result)).toEqual([
        [...NAMES, ...more],
        ...judged.map((row) => [...row.row, row.result, row.differs.join('+'), ...row.granted]),
      ]);
      expect(outcome).toMatchObject({
        verdict: 'compared',
        rows: { read: list.rows.length, rejected: 0 },
        counts: Object.fromEntries(
          ['match', 'mismatch', 'absent', 'invalid', 'repeated'].map((kind) => [kind, count(kind)]),
        ),
        hits: count('match'),
        result: {
          rows: list.rows.length,
          bytes: result.length,
          sha256: createHash('sha256').update(result).digest('base64'),
          columns: [...NAMES, ...more],
        },
      });
      const intersect = await aRun({ ...asked, kind: 'intersect' });
      expect(read(intersect.result)).toEqual([
        [...NAMES, ...more.slice(2)],
        ...judged.filter((row) => row.result === 'match').map((row) => [...row.row, ...row.granted]),
      ]);
      const except = await aRun({ ...asked, kind: 'except' });
      expect(read(except.result)).toEqual([
        [...NAMES],
        ...judged.filter((row) => row.result === 'absent' || row.result === 'mismatch').map((row) => row.row),
      ]);
      if (terms.fields.length === 0) return;
      const missing = await aRun({ ...asked, kind: 'missing' });
      expect(missing.result.toString()).toBe([terms.fields, ...missingPlainly(of)].map(lineOf).join(''));
    }),
    { numRuns: searched(10, 1000) },
  );
}, 120_000);
