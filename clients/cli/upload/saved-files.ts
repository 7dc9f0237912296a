import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { type ByteSink, LongCell, writeFixWorkbook, writeForSpreadsheets } from '../../../functions/records/index.ts';
import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Language } from '../../../schemas/words/language.ts';
import { either } from '../../words/speech.ts';
import { Failure, wrongUsage } from '../terminal/failure.ts';
import { FileSink } from './checking/sinks.ts';

/** What a file is written as is what its name says: a workbook is none for being called so. */
export function mustBeCalled(
  file: string | undefined,
  extensions: readonly ('.csv' | '.xlsx')[],
  lang: Language,
): void {
  if (file === undefined || (extensions as readonly string[]).includes(extname(file).toLowerCase())) return;
  throw wrongUsage(
    either({ lang }, `${file} is not what is written.`, `${file} 的扩展名与写出的格式不符。`),
    either(
      { lang },
      `Name a file that ends in ${extensions.join(' or ')}.`,
      `请使用以 ${extensions.join(' 或 ')} 结尾的文件名。`,
    ),
  );
}

export const isWorkbookName = (file: string): boolean => extname(file).toLowerCase() === '.xlsx';

/** The rejection report, as spreadsheet programs open it. */
export const saveReport = (report: AsyncIterable<Uint8Array>, to: string): Promise<void> =>
  saved(to, (sink) => writeForSpreadsheets(report, sink));

interface Reader {
  readonly schema: TableSchema;
  readonly language: Language;
}

/** A fix-file as a workbook, for a reader. */
export async function saveFixWorkbook(fixFile: AsyncIterable<Uint8Array>, to: string, reader: Reader): Promise<void> {
  try {
    await saved(to, (sink) => writeFixWorkbook(fixFile, reader, sink));
  } catch (fault) {
    if (fault instanceof LongCell) throw tooLong(to, fault, reader.language);
    throw fault;
  }
}

const tooLong = (to: string, fault: LongCell, lang: Language): Failure =>
  new Failure(
    {
      what: either({ lang }, `${to} cannot be written.`, `${to} 无法写出。`),
      why: either(
        { lang },
        `${fault.place} is longer than a cell of a workbook holds.`,
        `${fault.place} 的内容超过工作簿单元格的长度上限。`,
      ),
      next: [either({ lang }, 'Take the fix-file as CSV.', '请改用 CSV 格式的修正文件。')],
      code: 'too-long',
    },
    { cause: fault },
  );

/** From a file of this machine, which goes. */
export async function convert(from: string, work: (bytes: AsyncIterable<Uint8Array>) => Promise<void>): Promise<void> {
  try {
    await work(createReadStream(from));
  } finally {
    await rm(from, { force: true });
  }
}

async function saved(to: string, write: (sink: ByteSink) => Promise<void>): Promise<void> {
  const sink = new FileSink(to);
  try {
    await write(sink);
    await sink.finish(true);
  } catch (fault) {
    await sink.discard();
    throw fault;
  }
}
