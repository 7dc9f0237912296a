import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import { checkRecords, writeExtracts } from '../../../functions/records/index.ts';
import { aSchema, check, Collected, columns, inChunks } from '../support.ts';
import { aDataset, checkChanges } from './support.ts';

const schema = aSchema({
  fields: [
    { name: 'code', type: 'integer' },
    { name: 'name', type: 'string', constraints: { required: true } },
    { name: 'n', type: 'integer', constraints: { minimum: 0 } },
  ],
  primaryKey: 'code',
});
const base = 'code,name,n\n1,a,1\n"2","b ""x""",\n3,c,3\n4,d,4\n';

describe('edits of a dataset', () => {
  test.each<[string, string, string[], object]>([
    [
      'an upsert takes the place of its record, with the quoting that it came with',
      '_op,code,name,n\nupsert,2,"B",7\n',
      ['1,a,1', '2,"B",7', '3,c,3', '4,d,4'],
      { datasetRows: 4 },
    ],
    [
      'others stand behind all records in the order of the file; an empty op is an upsert',
      'code,name,n,_op\n9,z,,\n8,y,1,upsert\n7,x,,\n',
      ['1,a,1', '"2","b ""x""",', '3,c,3', '4,d,4', '9,z,', '8,y,1', '7,x,'],
      { datasetRows: 7 },
    ],
    [
      'of a delete only the key is read; one of a key that is not there does nothing',
      'n,_op,code,name\nnonsense,delete,3,\n-1,"delete",5,x\n',
      ['1,a,1', '"2","b ""x""",', '4,d,4'],
      { datasetRows: 3, rows: { read: 2, accepted: 2, rejected: 0 } },
    ],
    [
      'keys are compared by their value',
      '_op,code,name\ndelete,+3,\nupsert,04,D\n',
      ['1,a,1', '"2","b ""x""",', '04,D,'],
      { datasetRows: 3 },
    ],
    [
      'all records may go',
      '_op,code,name,n\ndelete,1,,\ndelete,2,,\ndelete,3,,\ndelete,4,,\n',
      [],
      { datasetRows: 0, columns: ['code', 'name', 'n'] },
    ],
    [
      'CRLF and a last line without a line break',
      '_op,code,name,n\r\n,1,A,5\r\n,2,B,6',
      ['1,A,5', '2,B,6', '3,c,3', '4,d,4'],
      {},
    ],
  ])('%s', async (_, file, edited, result) => {
    for (const size of [65_536, 7, 1]) {
      const outcome = await checkChanges(schema, file, base, size);
      expect(outcome.edited).toEqual(edited);
      expect(outcome.report).toEqual([]);
      expect(outcome.result).toMatchObject({
        verdict: 'checked',
        baseRows: 4,
        fixable: 0,
        input: { bytes: Buffer.byteLength(file), sha256: createHash('sha256').update(file).digest('base64') },
        dataset: {
          bytes: Buffer.byteLength(outcome.accepted),
          sha256: createHash('sha256').update(outcome.accepted).digest('base64'),
        },
        ...result,
      });
    }
  });

  test('without a dataset make one: deletes do nothing, columns are those of the file', async () => {
    const { result, accepted } = await checkChanges(schema, 'name,_op,code\na,,1\n,delete,2\nb,upsert,3\n');
    expect(accepted).toBe('name,code\na,1\nb,3\n');
    expect(result).toMatchObject({ baseRows: 0, datasetRows: 2, columns: ['name', 'code'] });
  });

  test('that are all rejected leave the records as they were', async () => {
    const { result, accepted } = await checkChanges(schema, '_op,code,name\n,x,a\n', base);
    expect(accepted).toBe(base);
    expect(result).toMatchObject({ rows: { read: 1, accepted: 0, rejected: 1 }, datasetRows: 4 });
  });
});

describe('rejected edits', () => {
  test.each<[string, string, string[], string[]]>([
    [
      'what is no op',
      '_op,code,name\nUPSERT,1,A\n delete,1,\nx,y,z\n',
      ['2,,,_op,', '3,,,_op,', '4,,,_op,'],
      ['1,a,1'],
    ],
    ['an op that cannot be decoded as its record', '_op,code,name\nx\0,1,A\n', ['2,,,encoding,'], ['1,a,1']],
    ['a wrong number of cells', '_op,code,name\ndelete,1\n', ['2,,,columns,'], ['1,a,1']],
    [
      'a record that is no good',
      '_op,code,name,n\nupsert,1,A,-1\n,,,x\n',
      ['2,4,n,minimum,-1', '3,2,code,required,', '3,3,name,required,', '3,4,n,type,x'],
      ['1,a,1'],
    ],
    [
      'a delete without a key',
      '_op,code,name\ndelete,,\ndelete,x,\n',
      ['2,2,code,required,', '3,2,code,type,x'],
      ['1,a,1'],
    ],
    [
      'a key that an edit had already',
      '_op,code,name\ndelete,01,\nupsert,1,A\n,1,B\n',
      ['3,2,code,unique,1', '4,2,code,unique,1'],
      [],
    ],
    [
      'not a key whose first edit was rejected',
      '_op,code,name,n\n,1,A,x\n,1,B,2\n,1,C,3\n',
      ['2,4,n,type,x', '4,2,code,unique,1'],
      ['1,B,2'],
    ],
    ['a broken quote, alone', '_op,code,name\n,2,"a\n,3,b\n,4,c\n', ['2,,,quote,'], ['1,a,1', '3,b,', '4,c,']],
  ])('%s', async (_, file, report, edited) => {
    for (const size of [65_536, 3]) {
      const outcome = await checkChanges(schema, file, 'code,name,n\n1,a,1\n', size);
      expect(outcome.report).toEqual(report);
      expect(outcome.edited).toEqual(edited);
      expect(outcome.fixFile).toBe('');
    }
  });

  test('have the lines on which they stand, also those that are settled later', async () => {
    const { report, result } = await checkChanges(schema, '_op,code,name\n,1,"a\n\nb"\n,2,c\n,1,d\n,x,e\n', base);
    expect(report).toEqual(['7,2,code,type,x', '6,2,code,unique,1']);
    expect(result).toMatchObject({
      rows: { read: 4, accepted: 2, rejected: 2 },
      violations: [
        { field: 'code', rule: 'unique', count: 1, firstLine: 6 },
        { field: 'code', rule: 'type', count: 1, firstLine: 7 },
      ],
      violationsTotal: 2,
      reported: 2,
    });
  });
});

describe('other keys', () => {
  const table = aSchema({
    fields: [
      { name: 'id', type: 'string' },
      { name: 'tax', type: 'integer', constraints: { unique: true }, sensitivity: 'personal' },
      { name: 'a', type: 'string' },
      { name: 'b', type: 'string' },
    ],
    primaryKey: ['id'],
    uniqueKeys: [['a', 'b'], ['id']],
  });
  const dataset = 'id,tax,a,b\nx,1,p,q\ny,2,p,r\nz,,,\n';
  test.each<[string, string, string[], string[]]>([
    ['are the record\u2019s own to keep', ',x,01,p,q\n', [], ['x,01,p,q', 'y,2,p,r', 'z,,,']],
    [
      'cannot be taken from another record',
      ',z,2,p,q\n',
      ['2,3,tax,unique,***', '2,4,a+b,unique,p+q'],
      ['x,1,p,q', 'y,2,p,r', 'z,,,'],
    ],
    ['are free once their record has other values', ',x,5,,q\n,z,1,p,q\n', [], ['x,5,,q', 'y,2,p,r', 'z,1,p,q']],
    ['are free once their record is deleted', 'delete,x,,,\n,n,1,p,q\n', [], ['y,2,p,r', 'z,,,', 'n,1,p,q']],
    ['are not free before', ',n,1,,\ndelete,x,,,\n', ['2,3,tax,unique,***'], ['y,2,p,r', 'z,,,']],
    [
      'stay with a record whose edit was rejected',
      ',x,2,,\n,n,1,,\n',
      ['2,3,tax,unique,***', '3,3,tax,unique,***'],
      ['x,1,p,q', 'y,2,p,r', 'z,,,'],
    ],
    [
      'of a rejected edit are not taken, nor is its primary key',
      ',n,1,,\n,n,7,s,s\n,m,7,,\n',
      ['2,3,tax,unique,***', '4,3,tax,unique,***'],
      ['x,1,p,q', 'y,2,p,r', 'z,,,', 'n,7,s,s'],
    ],
    ['can be swapped by way of a delete', 'delete,x,,,\n,y,1,p,q\n,n,2,p,r\n', [], ['y,1,p,q', 'z,,,', 'n,2,p,r']],
    ['missing values do not collide', ',x,,,\n,n,,,\n', [], ['x,,,', 'y,2,p,r', 'z,,,', 'n,,,']],
  ])('%s', async (_, edits, report, edited) => {
    const outcome = await checkChanges(table, `_op,id,tax,a,b\n${edits}`, dataset);
    expect(outcome.report).toEqual(report);
    expect(outcome.edited).toEqual(edited);
  });

  test('need a base that can be read again', async () => {
    const base = { input: inChunks(Buffer.from(dataset)), columns: ['id', 'tax', 'a', 'b'] };
    const sink = { write: () => {} };
    const options = { schema: table, format: 'csv', encoding: 'utf-8', changes: true, base } as const;
    const edits = inChunks(Buffer.from('_op,id,tax\n,n,5\n'));
    await expect(checkRecords(edits, options, { accepted: sink, report: sink })).rejects.toThrow(
      'the dataset is empty',
    );
  });

  test('that only warn reject nothing: the value stays with the first that has it', async () => {
    const warning = aSchema({
      fields: [
        { name: 'id', type: 'string' },
        {
          name: 'tax',
          type: 'integer',
          constraints: { unique: true, maximum: 9 },
          severity: { unique: 'warning', maximum: 'warning' },
        },
      ],
      primaryKey: ['id'],
    });
    const { report, edited, result } = await checkChanges(
      warning,
      '_op,id,tax\n,n,1\n,m,10\ndelete,x,\n,o,1\n,p,1\n,n,7\n',
      'id,tax\nx,1\ny,1\n',
    );
    expect(report).toEqual([
      '3,3,tax,maximum,10,warning',
      '2,3,tax,unique,1,warning',
      '6,3,tax,unique,1,warning',
      '7,2,id,unique,n,error',
    ]);
    expect(edited).toEqual(['y,1', 'n,1', 'm,10', 'o,1', 'p,1']);
    expect(result).toMatchObject({ rows: { read: 6, accepted: 5, rejected: 1 } });
  });
});

describe('what else a check does', () => {
  const given = { schema, encoding: 'utf-8', changes: true } as const;

  test('NDJSON has the op as a member, an upsert if it is absent', async () => {
    const accepted = new Collected();
    const report = new Collected();
    const lines = ['{"_op":"delete","code":1}', '{"code":3,"name":"C"}', '{"_op":"x","code":4}', 'no object'];
    const result = await checkRecords(
      inChunks(Buffer.from(lines.join('\n'))),
      { ...given, format: 'ndjson', base: aDataset(base) },
      { accepted, report },
    );
    expect(result).toMatchObject({ rows: { read: 4, accepted: 2, rejected: 2 } });
    expect(accepted.text).toBe('code,name,n\n"2","b ""x""",\n3,C,\n4,d,4\n');
    expect(report.text.split('\n').slice(1, -1)).toEqual(['3,,,_op,', '4,,,json,']);
  });

  test('extracts of the merged dataset are what they would be of it as it is stored', async () => {
    const wide = aSchema({
      fields: [...schema.fields, { name: 'extra', type: 'string', missingValues: ['""'] }],
      primaryKey: 'code',
    });
    const edits = Array.from({ length: 700 }, (_, i) => `,"a ""${i}""",${i % 2 ? i : 1000 + i},e\n`);
    const before = Array.from({ length: 900 }, (_, i) => `${i},"b, ${i}",${i}\n`);
    const [accepted, extract, again] = [new Collected(), new Collected(), new Collected()];
    const spec: ExtractSpec = {
      fields: ['name', 'n', 'code', 'extra'],
      filter: [],
      mask: { name: 'last4' },
      format: 'ndjson',
    };
    const result = await checkRecords(
      inChunks(Buffer.from(`_op,name,code,extra\n${edits.join('')}`)),
      { ...given, schema: wide, format: 'csv', base: aDataset(`code,name,n\n${before.join('')}`, 1000) },
      { accepted, report: { write: () => {} }, extracts: [{ spec, sink: extract }] },
    );
    const source = { schema: wide, columns: ['code', 'name', 'n', 'extra'] };
    const [expected] = await writeExtracts(inChunks(accepted.bytes), source, [{ spec, sink: again }]);
    expect(extract.text).toBe(again.text);
    expect(result).toMatchObject({ extracts: [expected], datasetRows: 1250, columns: source.columns });
  });
});

describe('columns', () => {
  const table = aSchema({
    fields: [
      { name: 'id', type: 'string' },
      { name: 'a', type: 'string' },
      { name: 'b', type: 'string', missingValues: ['NA'] },
      { name: 'c', type: 'string', missingValues: [] },
    ],
    primaryKey: ['id'],
  });

  test('that the file brings in are missing in the records that stay; those that it lacks are missing in its own', async () => {
    const { accepted, result } = await checkChanges(table, 'b,_op,id\n"x",,1\ny,,3\n', 'a,id\np,1\nq,2\n');
    expect(accepted).toBe('a,id,b\n,1,"x"\nq,2,NA\n,3,y\n');
    expect(result).toMatchObject({ columns: ['a', 'id', 'b'] });
  });

  test('that a record cannot be without are neither brought in nor left out', async () => {
    const brought = await checkChanges(table, '_op,id,c\n,1,x\n', 'id\n1\n');
    expect(brought.result).toMatchObject({ refusal: { code: 'header', header: { notInDataset: ['c'] } } });
    const left = await checkChanges(table, '_op,id\n,1\n', 'id,c\n1,x\n');
    expect(left.result).toMatchObject({ refusal: { code: 'header', header: { missing: ['c'] } } });
  });

  test.each<[string, string, object]>([
    [
      'no op',
      'id\n1\n',
      {
        missing: ['_op'],
        needed: [
          { name: '_op', required: true },
          { name: 'id', required: true },
        ],
      },
    ],
    ['two of them', '_op,id,_op\n,1,\n', { repeated: ['_op'] }],
    ['an unknown one', '_op,id,x\n,1,\n', { unknown: ['x'], found: ['_op', 'id', 'x'] }],
    ['no key', '_op,a\n,1\n', { missing: ['id'] }],
  ])('refused: %s', async (_, file, header) => {
    const { result } = await checkChanges(table, file, 'id\n1\n');
    expect(result).toMatchObject({ verdict: 'refused', refusal: { code: 'header' } });
    if (result.verdict === 'refused') {
      const { needed, ...rest } = { needed: undefined, ...header };
      expect(result.refusal.header).toMatchObject(rest);
      if (needed) expect(result.refusal.header?.needed).toEqual(expect.arrayContaining(needed));
    }
  });

  test('a new one that makes a stored record too long is refused', async () => {
    const long = `id,a\n1,${'x'.repeat(1024 * 1024 - 3)}\n`;
    const { result } = await checkChanges(table, '_op,id,b\n,2,y\n', long);
    expect(result).toMatchObject({
      verdict: 'refused',
      refusal: { code: 'header', detail: expect.stringContaining('upload the whole resource') },
    });
  });

  test('edits of a resource without a primary key are refused', async () => {
    const { result } = await checkChanges(columns('a'), '_op,a\n,1\n', 'a\n1\n');
    expect(result).toMatchObject({ verdict: 'refused', refusal: { code: 'no-primary-key' } });
  });

  test('a snapshot with a column of ops is told what it is', async () => {
    const { result } = await check(table, '_op,id\n,1\n');
    expect(result).toMatchObject({
      refusal: { code: 'header', detail: expect.stringContaining('announce it as changes') },
    });
  });

  test('no record after the header is refused as empty', async () => {
    const { result } = await checkChanges(table, '_op,id\n', 'id\n1\n');
    expect(result).toMatchObject({ refusal: { code: 'empty' } });
  });
});
