import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import { writeChanges } from '../../../functions/records/index.ts';
import { aSchema, Collected } from '../support.ts';
import { aDataset } from './support.ts';

const schema = aSchema({
  fields: [
    { name: 'id', type: 'integer' },
    { name: 'name', type: 'string', sensitivity: 'personal' },
    { name: 'n', type: 'integer', missingValues: ['', 'NA'] },
    { name: 'x', type: 'string' },
  ],
  primaryKey: ['id'],
});

const all: ExtractSpec = { fields: ['id', 'name', 'n', 'x'], filter: [], mask: {}, format: 'csv' };

async function edits(
  older: string,
  newer: string,
  spec: Partial<ExtractSpec> = {},
  table: TableSchema = schema,
  budget?: number,
) {
  const sink = new Collected();
  const version = (text: string) => ({ schema: table, ...aDataset(text) });
  const [result] = await writeChanges(
    version(older),
    version(newer),
    ['id'],
    [{ spec: { ...all, ...spec }, sink }],
    budget,
  );
  return { result, text: sink.text, lines: sink.text.split('\n').slice(spec.format === 'ndjson' ? 0 : 1, -1) };
}

const head = 'id,name,n,x\n';
const older = `${head}1,a,1,x\n2,b,2,x\n3,c,3,x\n`;

test.each(['ndjson', 'csv'] as const)(
  'a row of before that is none of its types by now takes its newer form, and one that is so now cannot be written as %s',
  async (format) => {
    const before = `${head}1,a,(95),x\n2,b,2,x\n`;
    const mended = await edits(before, `${head}1,a,-95,x\n2,b,2,x\n`, { format });
    expect(mended.result).toMatchObject({ ok: true, changes: { inserted: 0, updated: 1, deleted: 0 } });
    const { result } = await edits(`${head}1,a,-95,x\n`, before, { format });
    expect(result?.ok === false ? result.error : 'written').toEqual(
      format === 'csv' ? 'written' : expect.objectContaining({ name: 'UnreadableValue' }),
    );
  },
);

describe('the edits between two versions', () => {
  test.each<[string, string, string[], object]>([
    ['none', older, [], { inserted: 0, updated: 0, deleted: 0 }],
    ['quotes alone', `${head}1,"a",1,x\n"2",b,2,x\n3,c,"3",x\n`, [], {}],
    ['an update', `${head}1,a,1,x\n2,B,2,x\n3,c,3,x\n`, ['upsert,2,B,2,x'], { updated: 1 }],
    ['an insert', `${head}1,a,1,x\n9,"z ""z""",,x\n2,b,2,x\n3,c,3,x\n`, ['upsert,9,"z ""z""",,x'], { inserted: 1 }],
    ['a delete', `${head}1,a,1,x\n3,c,3,x\n`, ['delete,2,,,'], { deleted: 1 }],
    ['another order', `${head}3,c,3,x\n1,a,1,x\n2,b,2,x\n`, [], {}],
    ['nothing left', head, ['delete,1,,,', 'delete,2,,,', 'delete,3,,,'], { deleted: 3 }],
    [
      'another text of the same key',
      `${head}1,a,1,x\n02,b,2,x\n3,c,3,x\n`,
      ['delete,2,,,', 'upsert,02,b,2,x'],
      { inserted: 1, deleted: 1 },
    ],
    ['another text of the same value', `${head}1,a,01,x\n2,b,2,x\n3,c,3,x\n`, ['upsert,1,a,01,x'], { updated: 1 }],
    [
      'everything at once',
      `${head}4,d,,x\n3,c,3,y\n1,a,1,x\n`,
      ['upsert,4,d,,x', 'upsert,3,c,3,y', 'delete,2,,,'].toSorted(),
      { inserted: 1, updated: 1, deleted: 1 },
    ],
  ])('%s', async (_, newer, lines, changes) => {
    for (const budget of [undefined, 1]) {
      const { result, text, lines: found } = await edits(older, newer, {}, schema, budget);
      expect(found.toSorted()).toEqual(lines.toSorted());
      expect(text.startsWith('_op,id,name,n,x\n')).toBe(true);
      expect(result).toEqual({
        ok: true,
        rows: lines.length,
        changes: { inserted: 0, updated: 0, deleted: 0, ...changes },
        bytes: Buffer.byteLength(text),
        sha256: createHash('sha256').update(text).digest('base64'),
      });
    }
  });

  test.each<[string, string, Partial<ExtractSpec>, string[], object]>([
    [
      'of fields alone',
      `${head}1,a,1,CHANGED\n2,B,2,x\n3,c,3,x\n`,
      { fields: ['name', 'id'] },
      ['upsert,B,2'],
      { updated: 1 },
    ],
    [
      'a row that begins to match the filter',
      `${head}1,a,5,x\n2,b,2,x\n3,c,3,x\n`,
      { filter: [{ field: 'n', op: 'min', value: 3 }] },
      ['upsert,1,a,5,x'],
      { inserted: 1 },
    ],
    [
      'a row that ceases to',
      `${head}1,a,1,x\n2,b,2,x\n3,c,1,x\n`,
      { filter: [{ field: 'n', op: 'min', value: 3 }] },
      ['delete,3,,,'],
      { deleted: 1 },
    ],
    [
      'a row that never matches',
      `${head}1,A,1,x\n2,b,2,x\n3,c,3,x\n`,
      { filter: [{ field: 'n', op: 'min', value: 3 }] },
      [],
      {},
    ],
    [
      'a masked value that changes behind its mask',
      `${head}1,other,1,x\n2,b,2,x\n3,c,3,x\n`,
      { mask: { name: 'hide' } },
      [],
      {},
    ],
    [
      'a masked value that begins to be missing',
      `${head}1,,1,x\n2,b,2,x\n3,c,3,x\n`,
      { mask: { name: 'hide' } },
      ['upsert,1,,1,x'],
      { updated: 1 },
    ],
    ['a mask that shows the change', `${head}1,"b,",1,x\n2,b,2,x\n3,c,3,x\n`, { mask: { name: 'last4' } }, [], {}],
  ])('%s', async (_, newer, spec, lines, changes) => {
    const { result, lines: found } = await edits(older, newer, spec);
    expect(found).toEqual(lines);
    expect(result).toMatchObject({
      ok: true,
      rows: lines.length,
      changes: { inserted: 0, updated: 0, deleted: 0, ...changes },
    });
  });

  test('in NDJSON: deletes have null for all but the key, and what is written the same is the same', async () => {
    const newer = `${head}01,a,+1,x\n3,"c ""q""",NA,x\n`;
    const { lines } = await edits(older, newer, { format: 'ndjson', fields: ['name', 'id', 'n'] });
    expect(lines).toEqual([
      '{"_op":"upsert","name":"c \\"q\\"","id":3,"n":null}',
      '{"_op":"delete","name":null,"id":2,"n":null}',
    ]);
  });
});

describe('versions with other columns', () => {
  test('in another order are compared field by field', async () => {
    const { lines } = await edits(older, 'x,n,id,name\nx,1,1,a\nx,2,2,B\n"x",3,3,c\n');
    expect(lines).toEqual(['upsert,2,B,2,x']);
  });

  test('a column that one of them has not is empty there', async () => {
    const { lines } = await edits('id,name\n1,a\n2,b\n', `${head}1,a,,\n2,b,NA,\n`);
    expect(lines).toEqual(['upsert,2,b,NA,']);
    expect((await edits('id,name\n1,a\n2,b\n', `${head}1,a,,\n2,b,NA,\n`, { format: 'ndjson' })).lines).toEqual([]);
  });
});

describe('extracts that fail', () => {
  const version = (text: string) => ({ schema, ...aDataset(text) });
  test('end alone, and none of them stops the others', async () => {
    const sink = new Collected();
    const full = { write: () => Promise.reject(new Error('full')) };
    const results = await writeChanges(
      version(older),
      version(head),
      ['id'],
      [
        { spec: { ...all, fields: ['name'] }, sink: new Collected() },
        { spec: { ...all, mask: { id: 'hide' } }, sink: new Collected() },
        { spec: { ...all, format: 'xlsx' }, sink: new Collected() },
        { spec: { ...all, fields: ['id', 'nowhere'] }, sink: new Collected() },
        { spec: all, sink: full },
        { spec: { ...all, fields: ['id'] }, sink },
      ],
    );
    expect(results.map(({ ok }) => ok)).toEqual([false, false, false, false, false, true]);
    expect(sink.text).toBe('_op,id\ndelete,1\ndelete,2\ndelete,3\n');
  });

  test.each([
    ['a key twice', `${head}1,a,,\n5,b,,\n`, `${head}2,a,,\n2,b,,\n`, 'a key twice'],
    ['no key', `${head}1,a,,\n`, `${head},a,,\n`, 'without a key'],
    ['other columns', older, 'id,name\n1,a\n', undefined],
  ])('a version with %s is a fault', async (_, one, other, message) => {
    const broken = { ...version(other), columns: message === undefined ? ['id', 'x'] : ['id', 'name', 'n', 'x'] };
    for (const budget of [undefined, 1])
      await expect(
        writeChanges(version(one), broken, ['id'], [{ spec: all, sink: new Collected() }], budget),
      ).rejects.toThrow(message ?? 'other columns');
  });
});
