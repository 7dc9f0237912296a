import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hmacMacros } from '../../functions/adapters/duckdb/compare/hmac-macros.ts';
import { resourceOf } from '../../functions/compare/domain/statements.ts';
import { orderedText, writeExtracts } from '../../functions/records/index.ts';
import { keyedDigest } from '../../functions/records/types/ordered/keyed-digest.ts';
import { FieldType, TableSchema } from '../../schemas/contracts/definition.ts';
import { DeliveryFormat } from '../../schemas/contracts/terms.ts';
import { Collected, inChunks } from '../records/support.ts';
import { searched } from '../support/long.ts';
import { aRun, someTerms } from './a-run.ts';
import { keyed, secretOf } from './keyed.ts';
import { csvOf, plain, read } from './plain-cases.ts';
import { judgedPlainly } from './plainly.ts';
import { inDuckDB } from './represented.ts';

const aKey = randomBytes(32);

test.each<[FieldType, value: string, text: string]>([
  ['integer', '0', '2'],
  ['integer', '7', '3b17'],
  ['number', '1.50', '3b115'],
  ['integer', '110101', '3b6110101'],
  ['integer', '-7', '1Z82~'],
  ['integer', '12345678901', '3c1112345678901'],
  ['number', '0.05', '3Z85'],
  ['number', '-INF', '0'],
  ['number', 'INF', '4'],
  ['number', 'NaN', '5'],
  ['datetime', '2026-11-30T16:30:00.50+08:00', '2026-11-30T08:30:00.5'],
  ['datetime', '2026-11-30T00:00:00Z', '2026-11-30'],
  ['yearmonth', '2026-11', '2026-11-01'],
  ['geopoint', '90.5, 45', '905E2,45'],
])('the text of a key of the type %s for %s is %s, as the protocol tells programs of others', (type, value, text) => {
  const [field] = TableSchema.parse({
    fields: [{ name: 'key', type, ...(value.includes('.50+') && { format: 'any' }) }],
  }).fields;
  expect(orderedText(field!)(value)).toBe(text);
});

describe('the digest of a key', () => {
  test('is that of the worked example', () => {
    const secret = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
    const digest = keyedDigest(secret);
    expect(digest(['110101199003070018'])).toBe('8a0f561fa3b712f12e48b738bbda74109d7b319a3162e33dfab1fe524046f74d');
    const number = orderedText(TableSchema.parse({ fields: [{ name: 'x', type: 'integer' }] }).fields[0]!);
    expect(digest(['110101', number('2026')!])).toBe(
      'c78f9c521f8dfeda92850588d78dd62965084a8702dbe62aa49a23a815a4f57c',
    );
  });

  test('says no more of two keys than whether they are the same', () => {
    const digest = keyedDigest(aKey);
    const pairs: readonly (readonly string[])[] = [
      ['a', 'b'],
      ['ab', ''],
      ['', 'ab'],
      ['a\u0001', 'b'],
      ['a', '\u0001b'],
      ['a\u0002', 'b'],
      ['a\u0002\u0001b', ''],
    ];
    expect(new Set(pairs.map(digest)).size).toBe(pairs.length);
  });

  test('is the same in the statement, whatever the texts', async () => {
    const texts = fc.string({ unit: 'binary', maxLength: 90 });
    const rows = fc.sample(fc.tuple(texts, texts), searched(300, 5000));
    rows.push(['', ''], ['\u0001', '\u0002'], ['甲'.repeat(64), '𠀀'], ['x'.repeat(64), 'x'.repeat(65)]);
    for (const parts of [1, 2]) {
      const key = ['a', 'b'].slice(0, parts);
      const { sql } = resourceOf({
        terms: someTerms({ key }),
        schema: TableSchema.parse({ fields: key.map((name) => ({ name, type: 'string' })) }),
        columns: key.map((field, i) => ({ field, text: `t${i}` })),
        tables: { list: 'list', resource: 'resource' },
        isBlind: true,
      });
      const found = await inDuckDB(async (connection) => {
        await connection.run(hmacMacros);
        await connection.run('CREATE TABLE list AS SELECT $1 AS c0', [aKey.toString('hex')]);
        await connection.run('CREATE TABLE resource (n INTEGER, t0 VARCHAR, t1 VARCHAR)');
        for (const [n, [a, b]] of rows.entries())
          await connection.run('INSERT INTO resource VALUES ($1, $2, $3)', [n, a, b]);
        return (await connection.runAndReadAll(`SELECT k0 FROM (${sql}) ORDER BY n`)).getColumnsJS()[0];
      });
      expect(found).toEqual(rows.map((row) => keyedDigest(aKey)(row.slice(0, parts))));
    }
  });
});

/** Of each type two writings of one value, where it has them, and another value. */
const VALUES: Readonly<Record<FieldType, readonly [one: string, same: string, other: string]>> = {
  string: ['110101', '110101', '0110101'],
  any: ['1', '1', '1.0'],
  integer: ['7', '+007', '-7'],
  number: ['1.50', '15E-1', '1.5000001'],
  boolean: ['true', '1', 'false'],
  date: ['2026-11-30', '2026-11-30', '2026-11-29'],
  datetime: ['2026-11-30T08:00:00Z', '2026-11-30T16:00:00+08:00', '2026-11-30T08:00:01Z'],
  time: ['08:30:00', '08:30:00', '08:30:01'],
  year: ['2026', '2026', '2025'],
  yearmonth: ['2026-11', '2026-11', '2026-10'],
  geopoint: ['90.5,45', '90.50,45.0', '90.5,-45'],
  geojson: [
    '{"type":"Point","coordinates":[1,2]}',
    '{"coordinates":[1,2],"type":"Point"}',
    '{"type":"Point","coordinates":[2,1]}',
  ],
};

test.each(FieldType.options)('a list is keyed by values of the type %s, not by how they are written', async (type) => {
  const schema = TableSchema.parse({ fields: [{ name: 'key', type }] });
  const cells = VALUES[type];
  const own = ['key', ...cells.map((cell) => `"${cell.replaceAll('"', '""')}"`), ''].join('\n');
  await keyed(own, { schema, key: ['key'] }, async ({ list, runKey, rows }) => {
    const text = orderedText(schema.fields[0]!);
    const plainly = cells.map((cell) => createHmac('sha256', secretOf(runKey)).update(text(cell)!).digest('hex'));
    expect(list).toBe(['digest', ...plainly, ''].join('\n'));
    expect(plainly[1]).toBe(plainly[0]);
    expect(plainly[2]).not.toBe(plainly[0]);
    expect(rows).toEqual({ records: 3, rejected: 0, invalid: 0 });
  });
});

test('a blind list comes to what an open one comes to, whatever its values', async () => {
  await fc.assert(
    fc.asyncProperty(plain, async ({ schema, terms: { key, filter }, resource, list }) => {
      const terms = someTerms({ key, filter });
      const judged = judgedPlainly({ schema, terms, resource, list });
      await keyed(csvOf(list), { schema, key }, async ({ list: sent, runKey, rows, back }) => {
        expect(rows.invalid).toBe(judged.filter(({ result }) => result === 'invalid').length);
        for (const [kind, wanted] of [
          ['intersect', 'match'],
          ['except', 'absent'],
        ] as const) {
          const asked = { schema, terms, resource, list: sent, secret: secretOf(runKey), kind };
          const { outcome, result } = await aRun(asked);
          if (rows.invalid === rows.records) {
            expect(outcome).toMatchObject({ verdict: 'refused', refusal: { code: 'empty' } });
            continue;
          }
          const expected = judged.filter(({ result: came }) => came === wanted).map(({ row }) => row);
          expect(read(await back(result))).toEqual([list.columns, ...expected]);
          const hits = judged.filter(({ result: came }) => came === 'match').length;
          expect(outcome).toMatchObject({ verdict: 'compared', hits, counts: { invalid: 0, mismatch: 0 } });
        }
      });
    }),
    { numRuns: searched(8, 80) },
  );
}, 600_000);

describe('a list that is not blind', () => {
  const schema = TableSchema.parse({ fields: [{ name: 'id', type: 'string' }], primaryKey: ['id'] });
  const asked = { schema, terms: {}, resource: [['1101']], secret: aKey, kind: 'intersect' } as const;
  const digest = keyedDigest(aKey)(['1101']);

  test.each([
    ['the values themselves', 'id\n1101\n'],
    ['no header, so that the first line is somebody’s', '1101\n1102\n'],
    ['values beside the digests', `digest,id\n${digest},1101\n`],
    ['digests twice', `digest,digest\n${digest},${digest}\n`],
  ])('with %s is refused, and nothing of it is said', async (_, list) => {
    const { outcome } = await aRun({ ...asked, list });
    expect(outcome).toEqual({
      verdict: 'refused',
      refusal: { code: 'header', detail: 'a blind list has the column digest and nothing else' },
    });
  });
  test('by its rows: what is no digest is invalid, and in no result', async () => {
    const list = ['digest', '1101', digest.toUpperCase(), `${digest}0`, ` ${digest}`, digest, ''].join('\n');
    const { outcome, result } = await aRun({ ...asked, list });
    expect(outcome).toMatchObject({ hits: 1, counts: { match: 1, invalid: 4 } });
    expect(result.toString()).toBe(`digest\n${digest}\n`);
  });
  test('or is by another run’s key matches nothing', async () => {
    const list = `digest\n${keyedDigest(randomBytes(32))(['1101'])}\n`;
    expect((await aRun({ ...asked, list })).outcome).toMatchObject({ hits: 0, counts: { absent: 1 } });
  });
  test('or holds the value that the key itself would be matches nothing', async () => {
    const list = `digest\n${aKey.toString('hex')}\n`;
    expect((await aRun({ ...asked, list })).outcome).toMatchObject({ hits: 0, counts: { absent: 1 } });
  });
});

test('a result of another list is turned back into nothing', async () => {
  const schema = TableSchema.parse({ fields: [{ name: 'id', type: 'string' }] });
  await keyed('id\n1\n2\n', { schema, key: ['id'] }, async ({ list, back }) => {
    const [header, one, two] = list.split('\n');
    await expect(back(`${header}\n${'0'.repeat(64)}\n`)).rejects.toThrow('of another list');
    await expect(back(`${header}\n${two}\n${one}\n`)).rejects.toThrow('of another list');
    await expect(back('id\n1\n')).rejects.toThrow('no blind list');
    expect((await back(`${header}\n${two}\n`)).toString()).toBe('id\n2\n');
  });
});

test.each(DeliveryFormat.options)(
  'a list in %s is keyed by what it says, and its rows come back in any format',
  async (format) => {
    const fields = [
      { name: 'nr', type: 'integer' },
      { name: 'id', type: 'integer' },
      { name: '姓名', type: 'string' },
    ];
    const schema = TableSchema.parse({ fields });
    const columns = fields.map(({ name }) => name);
    const csv = 'nr,id,姓名\n1,110105,"王, 五"\n2,110102,赵六\n3,,无名\n';
    const written = new Collected();
    const spec = { fields: columns, filter: [], mask: {}, format };
    const source = { schema, columns };
    const [made] = await writeExtracts(inChunks(Buffer.from(csv)), source, [{ spec, sink: written }]);
    expect(made).toMatchObject({ ok: true, rows: 3 });
    await keyed(written.bytes, { schema, key: ['id'], format }, async ({ list, rows, back }) => {
      expect(rows).toEqual({ records: 3, rejected: 0, invalid: 1 });
      const [header, , second] = list.split('\n');
      expect(header).toBe('digest');
      const found = `digest\n${second}\n`;
      expect((await back(found)).toString()).toBe('nr,id,姓名\n2,110102,赵六\n');
      const again = await back(found, format);
      await keyed(again, { schema, key: ['id'], format }, async ({ rows: only }) =>
        expect(only).toEqual({ records: 1, rejected: 0, invalid: 0 }),
      );
    });
  },
);

test('the same list keyed twice has nothing in common', async () => {
  const schema = TableSchema.parse({ fields: [{ name: 'id', type: 'string' }] });
  const lists = await Promise.all(
    [1, 2].map(() => keyed('id\n1\n2\n', { schema, key: ['id'] }, async ({ list }) => list)),
  );
  const [one, other] = lists.map((list) => new Set(list.split('\n').slice(1, -1)));
  expect([...one!].filter((digest) => other!.has(digest))).toEqual([]);
});
