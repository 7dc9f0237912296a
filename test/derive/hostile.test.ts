import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkStatement, type Parse } from '../../functions/reading/derivation/check-statement.ts';
import { hostile } from './hostile.ts';
import { inputs, openParser } from './support.ts';

let parser: { readonly parse: Parse; close(): void };
beforeAll(async () => {
  parser = await openParser();
});
afterAll(() => parser.close());

const cases = hostile.flatMap(({ tries, rule, statements }) =>
  statements.map((sql) => ({ tries, rule, sql, title: sql.slice(0, 100) })),
);

describe('hostile statements', () => {
  test.each(cases)('$tries: $title', async ({ sql, rule }) => {
    const checked = await checkStatement(sql, inputs, parser.parse);
    expect(checked).toMatchObject({
      ok: false,
      refusal: {
        code: 'invalid-derivation',
        violations: [{ path: '/derivation/sql', rule, message: expect.stringMatching(/\w/) }],
      },
    });
  });

  test('there are more than 200, each once', () => {
    const all = cases.map(({ sql }) => sql);
    expect(all.length).toBeGreaterThan(200);
    expect(new Set(all).size).toBe(all.length);
  });
});
