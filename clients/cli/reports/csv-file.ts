import { writeFile } from 'node:fs/promises';
import type { Sent, TextId } from '../../protocol/route-types.ts';
import type { Called } from '../../protocol/routes.ts';
import { count, countOf } from '../../words/quantity.ts';
import { either } from '../../words/speech.ts';
import type { Context } from '../terminal/context.ts';
import { exit, Failure } from '../terminal/failure.ts';

/** Spreadsheets take a file that begins with it for UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

/** Saves a whole list as the hub gives it as CSV: the rows of every page below the names of the first. */
export async function saveCsv<Id extends TextId<'csv'>>(
  context: Context,
  route: Called<Id>,
  sent: Sent<Id>,
  file: string,
): Promise<void> {
  const { client } = await context.connect();
  const lines: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.text(route, 'csv', sent, cursor);
    const given = page.text.split('\r\n').filter((line) => line !== '');
    lines.push(...(lines.length === 0 ? given : given.slice(1)));
    cursor = page.cursor;
  } while (cursor !== undefined);
  await write(file, BYTE_ORDER_MARK + lines.map((line) => `${line}\r\n`).join(''));
  const rows = Math.max(0, lines.length - 1);
  context.print({ file, rows }, (_, look) =>
    either(look, `${countOf(rows, 'row')} in ${file}`, `已写入 ${file}，共 ${count(rows)} 行`),
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
