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

/** Of these no part is to blame. */
const AS_A_WHOLE: ReadonlySet<string> = new Set(['statement-kind', 'statement-size', 'statement-characters']);

/** How refusals begin of what DuckDB keeps no place of. */
const PLACELESS = [
  '"array_agg" is not o',
  'DESCRIBE, SHOW and S',
  'Max expression depth',
  'a number is too larg',
  'default is not of wh',
  'parameter is not of ',
];

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

  test('what is refused for one of its parts is refused at a line and column', async () => {
    const placeless = new Set<string>();
    for (const { sql, rule } of cases) {
      const checked = await checkStatement(sql, inputs, parser.parse);
      const message = checked.ok ? '' : checked.refusal.violations?.[0]?.message;
      if (!AS_A_WHOLE.has(rule) && !/^line \d+, column \d+: /.test(message ?? ''))
        placeless.add(message?.slice(0, 20) ?? sql);
    }
    expect([...placeless].toSorted()).toEqual(PLACELESS);
  });

  test('there are more than 200, each once', () => {
    const all = cases.map(({ sql }) => sql);
    expect(all.length).toBeGreaterThan(200);
    expect(new Set(all).size).toBe(all.length);
  });
});
