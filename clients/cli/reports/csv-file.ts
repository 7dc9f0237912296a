import { writeFile } from 'node:fs/promises';
import type { RequestOptions } from '../../protocol/hub-client.ts';
import type { Context } from '../context.ts';
import { exit, Failure } from '../failure.ts';
import { count } from '../quantity.ts';
import { either } from '../screens/words.ts';

/** Spreadsheets take a file that begins with it for UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

/** Saves a whole list as the hub gives it as CSV: the rows of every page below the names of the first. */
export async function saveCsv(
  context: Context,
  path: string,
  query: NonNullable<RequestOptions['query']>,
  file: string,
): Promise<void> {
  const { client } = await context.connect();
  const lines: string[] = [];
  let cursor: string | undefined;
  do {
    const { headers, body } = await client.text(path, { ...query, format: 'csv', cursor });
    const page = body.split('\r\n').filter((line) => line !== '');
    lines.push(...(lines.length === 0 ? page : page.slice(1)));
    cursor = headers.get('x-next-cursor') ?? undefined;
  } while (cursor !== undefined);
  await write(file, BYTE_ORDER_MARK + lines.map((line) => `${line}\r\n`).join(''));
  const rows = count(Math.max(0, lines.length - 1));
  context.print({ file, rows: Math.max(0, lines.length - 1) }, (_, look) =>
    either(look, `${rows} rows in ${file}`, `已写入 ${file}，共 ${rows} 行`),
  );
}

async function write(file: string, content: string): Promise<void> {
  try {
    await writeFile(file, content);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Failure({ what: `${file} cannot be written.`, why, code: 'no-file', exit: exit.usage }, { cause });
  }
}
