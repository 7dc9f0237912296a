import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mutated, schema } from '../arbitrary-files.ts';
import { aSchema, check } from '../support.ts';
import { searched } from '../../support/long.ts';
import { cutAtLines, inSegments, type Settings } from './support.ts';

/** The same of both ways; undefined where a cut is none between records. */
async function compare(of: typeof schema, file: Buffer, cuts: readonly number[], settings: Settings) {
  const together = await inSegments(of, cutAtLines(file, cuts), settings);
  if ('verdict' in together && together.verdict === 'cut') return undefined;
  const whole = await check(of, file, settings);
  if ('verdict' in together || together.result.verdict === 'refused') {
    const refusal = 'verdict' in together ? together.refusal : 'refusal' in together.result && together.result.refusal;
    expect(whole.result).toMatchObject({ verdict: 'refused', refusal });
    return { again: 0 };
  }
  const { result, accepted, report, fixFile, again } = together;
  expect(accepted).toBe(whole.accepted);
  expect(report).toEqual(whole.report);
  expect(whole.result).toMatchObject({ ...result });
  expect(fixFile).toBe(whole.fixFile);
  return { again };
}

/** Each line of it in a segment of its own; the second has the first one's key, so that a segment is checked again. */
const everyLine = [1, 2, 3];
const sharing = Buffer.from('code,n,x,on,kind,ok,org\n1,1,1,2024-02-29,甲,true,\n1,2,2,2024-02-29,甲,true,\n');
const sharingObjects = Buffer.from(
  '{"code":"1","n":1,"on":"2024-02-29","kind":"甲"}\n{"code":"1","n":2,"on":"2024-02-29","kind":"甲"}\n',
);

test('a file cut at any line breaks between records is the same file', async () => {
  let again = 0;
  await fc.assert(
    fc.asyncProperty(
      mutated,
      fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 5 }),
      fc.constantFrom<Settings>({}, { chunk: 7 }, { encoding: 'gb18030' }),
      async (file, cuts, settings) => {
        const compared = await compare(schema, file, cuts, settings);
        // One that was cut within a record does not count: another is drawn.
        fc.pre(compared !== undefined);
        again += compared?.again ?? 0;
      },
    ),
    { numRuns: searched(15, 100), examples: [[sharing, everyLine, {}]] },
  );
  expect(again).toBeGreaterThan(0);
});

const value = fc.oneof(
  fc.nat({ max: 9 }),
  fc.constantFrom(null, true, 'NA', '甲', 'b"', 'c,', '2024-02-29', '7', 'a\nb', ''),
  fc.constantFrom([1], { a: 1 }),
);
const names = ['code', 'n', 'x', 'on', 'kind', 'ok', 'org'];
const object = fc
  .record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: ['kind'] })
  .map((members) => JSON.stringify(members));
const good = fc
  .tuple(fc.nat({ max: 12 }), fc.nat({ max: 12 }))
  .map(([code, n]) => JSON.stringify({ code: String(code), n, on: '2024-02-29', kind: '甲' }));
const line = fc.oneof(
  { weight: 4, arbitrary: good },
  { weight: 2, arbitrary: object },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', ' \t', '\r', '{', '\uFEFF{"kind":"甲"}', '"', '\0', '[]', '{"other":1}'),
  },
);
const objects = fc
  .tuple(fc.constantFrom('', '\uFEFF'), fc.array(line, { maxLength: 25 }), fc.constantFrom('', '\n', '\n\n'))
  .map(([mark, lines, end]) => Buffer.from(mark + lines.join('\n') + end));

test('NDJSON cut at any line breaks is the same file', async () => {
  let again = 0;
  await fc.assert(
    fc.asyncProperty(
      objects.filter(({ length }) => length > 0),
      fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 5 }),
      fc.constantFrom<Settings>({}, { chunk: 5 }),
      async (file, cuts, settings) => {
        const compared = await compare(schema, file, cuts, { ...settings, format: 'ndjson' });
        expect(compared).toBeDefined();
        again += compared?.again ?? 0;
      },
    ),
    { numRuns: searched(15, 80), examples: [[sharingObjects, everyLine, {}]] },
  );
  expect(again).toBeGreaterThan(0);
});

test('so is one with warnings, and one with a single column', async () => {
  const warned = aSchema({
    fields: [
      { name: 'a', type: 'integer', constraints: { unique: true, maximum: 3 }, severity: { unique: 'warning' } },
      { name: 'b', type: 'string', constraints: { unique: true, maxLength: 1 }, severity: { maxLength: 'warning' } },
    ],
  });
  const single = aSchema({ fields: [{ name: 'a', type: 'integer', constraints: { unique: true } }] });
  const two = fc.tuple(fc.nat({ max: 5 }), fc.constantFrom('x', 'y', 'yy', '', 'zz')).map((cells) => cells.join(','));
  const one = fc.constantFrom('1', '2', '03', '3', '', 'x');
  const fileOf = (header: string, records: fc.Arbitrary<string>) =>
    fc.array(records, { maxLength: 12 }).map((all) => Buffer.from(`${[header, ...all].join('\n')}\n`));
  const cuts = fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fileOf('a,b', two), fileOf('a', one), cuts, async (ofTwo, ofOne, places) => {
      expect(await compare(warned, ofTwo, places, {})).toBeDefined();
      expect(await compare(single, ofOne, places, {})).toBeDefined();
    }),
    { numRuns: searched(8, 40) },
  );
});
