import { expect, test } from '@jest/globals';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { UploadFormat } from '../../../schemas/contracts/uploads.ts';
import type { FileFormat } from '../../../functions/records/formats/natures.ts';
import { REFUSALS } from '../../../functions/records/wording/refusals.ts';
import { columns, inChunks } from '../support.ts';
import { checkFile, refusalOf, textRow, workbookOf } from './support.ts';

const schema = columns('a');
const files: Readonly<Record<FileFormat, Buffer>> = {
  csv: Buffer.from('a\nx\n'),
  ndjson: Buffer.from(' \n{"a":"x"}\n'),
  xlsx: workbookOf(textRow(1, 'a') + textRow(2, 'x')),
  parquet: Buffer.from(parquetWriteBuffer({ columnData: [{ name: 'a', data: ['x'] }] })),
};
const kinds = Object.keys(files) as FileFormat[];

test.each(kinds)('auto finds out that a file is %s, also byte by byte', async (kind) => {
  for (const size of [1, 65_536]) {
    const { accepted } = await checkFile(schema, '', { format: 'auto', input: inChunks(files[kind], size) });
    expect(accepted).toBe('a\nx\n');
  }
});

test.each<[string, Buffer, string]>([
  ['blanks without end', Buffer.alloc(200_000, ' '), 'header'],
  ['nothing', Buffer.alloc(0), 'empty'],
  ['gzip', Buffer.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0), 'unknown-format'],
  ['Zstandard', Buffer.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0), 'unknown-format'],
  [
    'an old workbook, or one with a password',
    Buffer.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
    'unknown-format',
  ],
  ['UTF-16', Buffer.from('\uFEFFa\nx\n', 'utf16le'), 'unknown-format'],
  ['a column that is called PAR1', Buffer.from('PAR1\nx\n'), 'header'],
  ['three letters of a magic', Buffer.from('PAR'), 'header'],
])('auto of %s', async (_, content, code) => {
  expect((await refusalOf(schema, content)).split(':')[0]).toBe(code);
});

test.each(kinds)('a file that cannot be taken is told that %s can', async (kind) => {
  const named = new RegExp(kind, 'i');
  expect(await refusalOf(schema, Buffer.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0))).toMatch(named);
  const { todo } = REFUSALS['unknown-format'];
  expect(todo.en).toMatch(named);
  expect(todo.zh).toMatch(named);
});

test.each(
  kinds.flatMap((kind) =>
    kinds.filter((announced) => announced !== kind).map((announced) => [announced, kind] as const),
  ),
)('announced as %s, a file of %s is refused with the way out', async (announced, kind) => {
  const refusal = await refusalOf(schema, files[kind], { format: announced as UploadFormat });
  const isBinary = kind === 'xlsx' || kind === 'parquet';
  if (isBinary)
    expect(refusal).toMatch(
      new RegExp(`^unknown-format: .*announced as ${announced}; announce it with format ${kind} or auto$`),
    );
  else if (announced === 'csv') expect(refusal).toMatch(/^header: /);
  else if (announced === 'ndjson') expect(refusal).toBe('checked');
  else expect(refusal).toMatch(/^unknown-format: .*with format auto$/);
});

test.each<UploadFormat>(['csv', 'ndjson', 'auto'])(
  'the mark of UTF-8 on what was announced as gb18030 is refused: %s',
  async (format) => {
    const content = format === 'ndjson' ? '\uFEFF{"a":"x"}' : '\uFEFFa\nx\n';
    expect(await refusalOf(schema, content, { format, encoding: 'gb18030' })).toMatch(
      /^encoding: .*announce it as utf-8$/,
    );
  },
);

test('of a refused file the rest is not read, and its source is closed', async () => {
  let closed = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield Buffer.from('PK\x03\x04 and so on');
    } finally {
      closed = true;
    }
  }
  await checkFile(schema, '', { format: 'csv', input: endless() });
  expect(closed).toBe(true);
});
