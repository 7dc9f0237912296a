import { describe, expect, test } from '@jest/globals';
import { UploadRefusal } from '../../schemas/contracts/uploads.ts';
import { explainRefusal } from '../../functions/records/index.ts';
import { aSchema, check, inChunks } from './support.ts';

const schema = aSchema({
  fields: [
    { name: 'org_code', type: 'string' },
    { name: 'name', type: 'string', constraints: { required: true } },
    { name: 'phone', type: 'string' },
  ],
  primaryKey: ['org_code'],
});

const refusalOf = async (content: string | Uint8Array, encoding: 'utf-8' | 'gb18030' = 'utf-8') => {
  const { result } = await check(schema, content, { encoding });
  return result.verdict === 'refused' ? result.refusal : undefined;
};

describe('header', () => {
  test.each([
    [
      'an unknown column, with the likely rename',
      'org_code,Name,phone\n1,2,3\n',
      [
        'unknown: Name (did you mean name?)',
        'missing: name',
        'Needed: org_code, name, phone (optional)',
        'Found: org_code, Name, phone',
      ],
    ],
    ['a typing error', 'org_cdoe,name\n1,2\n', ['org_cdoe (did you mean org_code?)']],
    ['a name with other spacing', 'org code,name\n1,2\n', ['org code (did you mean org_code?)']],
    ['something else altogether', 'org_code,name,capital\n1,2,3\n', ['unknown: capital.']],
    ['a repeated column', 'org_code,name,name\n1,2,3\n', ['repeated: name']],
    ['a required column that is missing', 'org_code,phone\n1,2\n', ['missing: name']],
    ['a key column that is missing', 'name,phone\n1,2\n', ['missing: org_code']],
    ['a column without a name', 'org_code,name,\n1,2,3\n', ['column 3, which has no name']],
    ['records without a header', '00251805-7,x,y\n', ['unknown: 00251805-7']],
    ['a quote out of place', 'org_code,na"me\n1,2\n', ['quote']],
    ['lines that end with CR alone', 'org_code,name\r1,2\r', ['carriage return']],
    ['another delimiter', 'org_code;name\n1;2\n', ['unknown: org_code;name', 'missing: org_code, name']],
    ['a header that does not end', `"${'x'.repeat(3_000_000)}`, ['longer than 1048576 bytes']],
  ])('refuses %s', async (_, content, parts) => {
    const refusal = await refusalOf(content);
    expect(refusal?.code).toBe('header');
    for (const part of parts) expect(refusal?.detail).toContain(part);
  });

  test.each([
    ['zero bytes', ''],
    ['a byte order mark alone', '\uFEFF'],
    ['line breaks alone', '\r\n\n'],
    ['a header alone', 'org_code,name'],
    ['a header and blank lines', 'org_code,name\n\n\r\n'],
  ])('refuses %s as empty', async (_, content) => {
    expect((await refusalOf(content))?.code).toBe('empty');
  });

  test.each<[string, Uint8Array]>([
    ['ZIP or XLSX', Buffer.from('PK\u0003\u0004....')],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0])],
    ['Parquet', Buffer.from([0x50, 0x41, 0x52, 0x31, 0x15, 4])],
    ['UTF-16LE', Buffer.from('\uFEFForg_code,name\n1,2\n', 'utf16le')],
    ['UTF-16BE', Buffer.from([0xfe, 0xff, 0, 0x61])],
    ['XLS', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1])],
  ])('refuses %s as an unknown format', async (_, content) => {
    expect((await refusalOf(content))?.code).toBe('unknown-format');
    expect((await refusalOf(content, 'gb18030'))?.code).toBe('unknown-format');
  });

  test('a column may be called PAR1', async () => {
    const { result } = await check(aSchema({ fields: [{ name: 'PAR1', type: 'string' }] }), 'PAR1\nx\n');
    expect(result.verdict).toBe('checked');
  });

  test.each<[string, Uint8Array, 'utf-8' | 'gb18030']>([
    ['GB18030 announced as UTF-8', Buffer.from([0x6f, 0xd6, 0xd0, 0x2c, 0x62, 0x0a]), 'utf-8'],
    ['UTF-16 without a mark', Buffer.from('org_code,name\n', 'utf16le'), 'utf-8'],
    ['bytes that GB18030 does not have', Buffer.from([0x6f, 0xff, 0x2c, 0x62, 0x0a]), 'gb18030'],
    ['UTF-8 with its mark announced as GB18030', Buffer.from('\uFEFForg_code,name\n1,2\n'), 'gb18030'],
  ])('refuses a header that cannot be decoded: %s', async (_, content, encoding) => {
    expect((await refusalOf(content, encoding))?.code).toBe('encoding');
  });

  test('a record in the place of the header is not quoted back where values may be personal', async () => {
    const people = aSchema({
      fields: [
        { name: 'id', type: 'string', sensitivity: 'personal', constraints: { required: true } },
        { name: 'name', type: 'string' },
      ],
    });
    const { result } = await check(people, '11010519491231002X,张三\n');
    expect(JSON.stringify(result)).toContain('Needed: id, name (optional). Found: 2 other values.');
    expect(JSON.stringify(result)).not.toMatch(/张三|1101/);
  });

  test('a header over several lines moves the records down', async () => {
    const { report } = await check(aSchema({ fields: [{ name: 'a\nb', type: 'integer' }] }), '"a\nb"\nx\n');
    expect(report).toEqual(['3,1,"a', 'b",type,x']);
  });

  test('the rest of a refused file is not read', async () => {
    let ended = false;
    async function* endless() {
      try {
        yield Buffer.from('nonsense\n');
        for (;;) yield Buffer.alloc(65_536, 'x\n');
      } finally {
        ended = true;
      }
    }
    const { result } = await check(schema, '', { input: endless() });
    expect([result.verdict, ended]).toEqual(['refused', true]);
  });

  test('a read error is the fault of nobody here, and is thrown', async () => {
    async function* broken() {
      yield* inChunks(Buffer.from('org_code,name\n1,2\n'));
      throw new Error('connection lost');
    }
    await expect(check(schema, '', { input: broken() })).rejects.toThrow('connection lost');
  });
});

describe('findings', () => {
  const titled = aSchema({
    fields: [
      {
        name: 'org_code',
        title: '组织机构代码',
        titleEn: 'Organisation code',
        type: 'string',
        constraints: { required: true },
      },
      { name: 'name', title: '机构名称', type: 'string' },
      { name: 'phone', title: '电话', type: 'string', sensitivity: 'personal' },
    ],
  });
  const none = { missing: [], unknown: [], repeated: [], renames: [] };

  test.each<[title: string, header: string, findings: object, todo: string, zh: string]>([
    [
      'titles in place of names',
      '组织机构代码,机构名称',
      {
        renames: [
          { from: '组织机构代码', to: 'org_code' },
          { from: '机构名称', to: 'name' },
        ],
      },
      'rename 组织机构代码 to org_code; rename 机构名称 to name',
      '将 组织机构代码 改名为 org_code；将 机构名称 改名为 name',
    ],
    [
      'English titles',
      'Organisation Code',
      { renames: [{ from: 'Organisation Code', to: 'org_code' }] },
      'rename Organisation Code to org_code',
      '将 Organisation Code 改名为 org_code',
    ],
    [
      'a name within a longer one',
      'org_code,telephone',
      { renames: [{ from: 'telephone', to: 'phone' }] },
      'rename telephone to phone',
      '将 telephone 改名为 phone',
    ],
    [
      'one field for two columns',
      'org_code,Name,NAME',
      { renames: [{ from: 'Name', to: 'name' }], unknown: ['Name', 'NAME'] },
      'rename Name to name; remove NAME, which the resource does not have',
      '将 Name 改名为 name；删除信息资源中没有的 NAME',
    ],
    ['a missing column', 'name', { ...none, missing: ['org_code'], found: ['name'] }, 'add org_code', '补上 org_code'],
    [
      'a repeated column',
      'org_code,org_code',
      { ...none, repeated: ['org_code'] },
      'keep only one column org_code',
      'org_code 只保留一列',
    ],
    [
      'a column without a name',
      'org_code,',
      { unknown: [''] },
      'name the column without a name, or remove it',
      '为没有名称的列命名，或删除该列',
    ],
    [
      'semicolons',
      'org_code;name',
      { delimiter: ';' },
      'separate the cells with commas: now a semicolon separates them',
      '请用英文逗号分隔单元格：现在用的是分号',
    ],
    [
      'tabs',
      'org_code\tname\tphone',
      { delimiter: '\t' },
      'separate the cells with commas: now a tab separates them',
      '请用英文逗号分隔单元格：现在用的是制表符',
    ],
    [
      'a fix-file',
      'org_code,name,errors',
      { unknown: ['errors'] },
      'upload a mended fix-file as the fixes of its upload: that leaves out its column errors',
      '修正文件请作为原上报的修正（fixes）上报，其 errors 列会被忽略',
    ],
    [
      'a record',
      '00251805-7,x,y',
      { noHeader: true, unknown: [], found: [], renames: [] },
      'begin the file with a header row that names its fields',
      '请在文件首行写上各字段名',
    ],
  ])('%s', async (_, header, findings, todo, zh) => {
    const { result } = await check(titled, `${header}\n1,2,3\n`);
    if (result.verdict === 'checked') throw new Error('accepted');
    expect(result.refusal).toMatchObject({ code: 'header', header: findings });
    expect(explainRefusal(result.refusal, 'en')).toMatchObject({
      says: expect.stringContaining('needs org_code, name (optional), phone (optional)'),
      todo,
    });
    expect(explainRefusal(result.refusal, 'zh')).toMatchObject({
      says: expect.stringContaining('需要 org_code、name（可选）、phone（可选）'),
      todo: zh,
    });
    expect(UploadRefusal.parse(result.refusal)).toEqual(result.refusal);
  });

  test('of an enormous header stay small', async () => {
    const header = Array.from({ length: 1500 }, (_, i) => `${'很长的名称'.repeat(30)}${i}`).join(',');
    const { result } = await check(titled, `org_code,${header}\n1\n`);
    expect(JSON.stringify(result).length).toBeLessThan(20_000);
  });
});
