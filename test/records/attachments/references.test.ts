import { describe, expect, test } from '@jest/globals';
import { digestsOf, referencesIn } from '../../../functions/datasets/attachments/references.ts';
import { rowView, sampleExtract, writeExtracts } from '../../../functions/records/index.ts';
import { writeChanges } from '../../../functions/records/changes/write-changes.ts';
import { definitionProblems } from '../../../functions/records/definition/problems.ts';
import { TableSchema, type Field } from '../../../schemas/contracts/definition.ts';
import type { ExtractId, LookupId, ResourceId } from '../../../schemas/contracts/ids.ts';
import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import { aDefinition, anId } from '../../support/builders.ts';
import { testAttachmentMacs as macs } from '../../support/memory/attachments.ts';
import { Collected, inChunks } from '../support.ts';

const resourceId = 'residents' as ResourceId;
const [extractId, other] = [anId(1), anId(2)] as [ExtractId, ExtractId];
const reference = /^[A-Za-z0-9_-]{22}$/;

describe('a reference', () => {
  test('leads to the digest of its name, from where it stands and nowhere else', async () => {
    const digest = (await digestsOf(macs, resourceId))('110101199003074477');
    const here = await referencesIn(macs, resourceId, { extractId });
    const given = here.refer('110101199003074477');
    expect(given).toMatch(reference);
    expect(here.refer('110101199003074477')).toBe(given);
    expect(here.digestIn(given)).toBe(digest);
    const elsewhere = [{ extractId: other }, { lookupId: extractId as string as LookupId }] as const;
    for (const standing of elsewhere) {
      const there = await referencesIn(macs, resourceId, standing);
      expect(there.refer('110101199003074477')).not.toBe(given);
      expect(there.digestIn(given)).not.toBe(digest);
    }
    const ofAnother = await referencesIn(macs, 'firms' as ResourceId, { extractId });
    expect(ofAnother.refer('110101199003074477')).not.toBe(given);
  });
  test('is the same however the letters of a name are composed, and another for a name that only looks alike', async () => {
    const { refer } = await referencesIn(macs, resourceId, { extractId });
    expect(refer('e\u0301')).toBe(refer('é'));
    expect(refer('\u0430.jpg')).not.toBe(refer('a.jpg'));
  });
  test.each([
    '',
    'A',
    'A'.repeat(21),
    'A'.repeat(23),
    `${'A'.repeat(21)}B`,
    `${'A'.repeat(21)}=`,
    '../'.repeat(7) + 'a',
  ])('%j is none', async (text) => {
    expect((await referencesIn(macs, resourceId, { extractId })).digestIn(text)).toBeUndefined();
  });
  test('says nothing of others: of ten thousand none is like another, nor like its digest', async () => {
    const { refer, digestIn } = await referencesIn(macs, resourceId, { extractId });
    const made = Array.from({ length: 10_000 }, (_, i) => refer(`photo-${i}`));
    expect(new Set(made).size).toBe(made.length);
    const digests = new Set(made.map(digestIn));
    expect(made.some((one) => digests.has(Buffer.from(one, 'base64url').toString('hex')))).toBe(false);
  });
});

const schema = TableSchema.parse({
  primaryKey: ['id'],
  missingValues: ['', '-'],
  fields: [
    { name: 'id', type: 'string' },
    { name: 'photo', type: 'string', reference: 'attachment' },
    { name: 'name', type: 'string' },
  ],
});
const columns = ['id', 'photo', 'name'];
const rows = 'id,photo,name\n1,"a ""b"".jpg",Li\n2,,Wang\n3,-,Zhao\n4,c.jpg,Qian\n';
const spec = (more: Partial<ExtractSpec> = {}): ExtractSpec => ({
  fields: ['id', 'photo', 'name'],
  filter: [],
  mask: {},
  format: 'csv',
  ...more,
});
const refer = (name: string): string => `<${name.length}>`;

async function extracted(of: ExtractSpec, by: typeof refer | null = refer) {
  const sink = new Collected();
  const [result] = await writeExtracts(inChunks(Buffer.from(rows)), { schema, columns }, [
    { spec: of, sink, refer: by ?? undefined },
  ]);
  return result?.ok ? sink.text : result?.error;
}

describe('an extract that gives attachments', () => {
  test('has references in the place of names, and nothing where there is none', async () => {
    expect(await extracted(spec())).toBe('id,photo,name\n1,<9>,Li\n2,,Wang\n3,-,Zhao\n4,<5>,Qian\n');
    expect(await extracted(spec({ format: 'ndjson' }))).toBe(
      '{"id":"1","photo":"<9>","name":"Li"}\n{"id":"2","photo":null,"name":"Wang"}\n' +
        '{"id":"3","photo":null,"name":"Zhao"}\n{"id":"4","photo":"<5>","name":"Qian"}\n',
    );
    for (const format of ['parquet', 'xlsx'] as const) {
      const bytes = String(await extracted(spec({ format })));
      expect(bytes).not.toContain('c.jpg');
    }
  });
  test('has the mask where the field is masked, and no reference', async () => {
    const masked = await extracted(spec({ mask: { photo: 'last4' } }), null);
    expect(masked).toBe('id,photo,name\n1,****.jpg,Li\n2,,Wang\n3,-,Zhao\n4,****.jpg,Qian\n');
  });
  test('is not written where nobody says how they are referred to', async () => {
    expect(await extracted(spec(), null)).toEqual(
      new Error('attachments are given and nobody says how they are referred to'),
    );
    expect(await extracted(spec({ fields: ['id'] }), null)).toBe('id\n1\n2\n3\n4\n');
  });
  test('of edits has no edit where only the bytes of the reference could differ, and one where the name does', async () => {
    const version = (text: string) => ({ schema, columns, input: inChunks(Buffer.from(text)) });
    const sink = new Collected();
    const newer = rows.replace('c.jpg', 'd.jpg').replace('Wang', 'Wu');
    const references = await referencesIn(macs, resourceId, { extractId });
    const [result] = await writeChanges(
      version(rows),
      version(newer),
      ['id'],
      [{ spec: spec(), sink, refer: references.refer }],
    );
    expect(result).toMatchObject({ ok: true, changes: { inserted: 0, updated: 2, deleted: 0 } });
    expect(sink.text).toBe(`_op,id,photo,name\nupsert,2,,Wu\nupsert,4,${references.refer('d.jpg')},Qian\n`);
  });
  test('is shown in a sample, and in a lookup, without names', async () => {
    const { sample } = await sampleExtract(inChunks(Buffer.from(rows)), { schema, columns }, spec(), {
      size: 1,
      more: () => true,
    });
    expect(sample).toEqual([{ id: '1', photo: '***', name: 'Li' }]);
    const row = (field: string) => ({ id: '1', photo: 'c.jpg', name: 'Li' })[field] ?? null;
    expect(rowView(spec(), schema, refer).shown(row)).toEqual({ id: '1', photo: '<5>', name: 'Li' });
    expect(() => rowView(spec(), schema)).toThrow();
  });
});

describe('a definition with attachments', () => {
  const rulesOf = (fields: readonly object[], more: object = {}, derivation?: object): string[] =>
    definitionProblems({
      ...aDefinition({ ...(derivation && { derivation: derivation as never }) }),
      schema: TableSchema.parse({ fields: fields as Field[], ...more }),
    }).map(({ path, rule }) => `${path} ${rule}`);
  const photo = { name: 'photo', type: 'string', reference: 'attachment' };
  const at = '/schema/fields/0/reference';
  test.each([
    ['is usable', [photo], {}, []],
    ['may say what it takes', [{ ...photo, attachment: { types: ['png'], maxBytes: 5 } }], {}, []],
    ['names them by a text', [{ ...photo, type: 'integer' }], {}, [`${at} attachment-type`]],
    ['names them by a text without a form', [{ ...photo, format: 'uuid' }], {}, [`${at} attachment-type`]],
    ['names them in one field', [photo, { ...photo, name: 'b' }], {}, ['/schema/fields/1/reference one-attachment']],
    ['does not know records by them', [photo], { primaryKey: ['photo'] }, [`${at} attachment-in-key`]],
    ['does not tell records apart by them', [photo], { uniqueKeys: [['photo']] }, [`${at} attachment-in-key`]],
    [
      'says what it takes of attachments alone',
      [{ name: 'a', type: 'string', attachment: {} }],
      {},
      ['/schema/fields/0/attachment attachment-without-reference'],
    ],
  ] as const)('%s', (_, fields, more, expected) => {
    expect(rulesOf(fields, more)).toEqual(expected);
  });
  test('is not derived', () => {
    const derivation = { inputs: { a: { resourceId } }, sql: 'SELECT photo FROM a', runs: 'on-change' };
    expect(rulesOf([photo], {}, derivation)).toEqual([`${at} attachment-derived`]);
  });
});
