import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { exit, Failure } from './failure.ts';

/** The JSON in a file, or on standard input for `-`. Says which line is wrong where it is none. */
export async function readJson(file: string): Promise<unknown> {
  const content = await contentOf(file);
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const next = ['Mend the file and run the same command again.'];
    throw new Failure(
      { what: `${file} is not JSON${placeOf(why, content)}.`, why: why.replace(/\s+/g, ' '), code: 'not-json', next },
      { cause },
    );
  }
}

/** The text of a file, or of standard input for `-`. */
export async function contentOf(file: string): Promise<string> {
  try {
    return file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Failure({ what: `${file} cannot be read.`, why, code: 'no-file', exit: exit.usage }, { cause });
  }
}

function placeOf(message: string, content: string): string {
  const at = positionOf(message, content);
  if (at === undefined) return '';
  const before = content.slice(0, at).split('\n');
  return ` at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}

/** V8 either says the position, or quotes the text around it: ten characters before the fault, where there are so many. */
function positionOf(message: string, content: string): number | undefined {
  const stated = /position (\d+)/.exec(message)?.[1];
  if (stated !== undefined) return Number(stated);
  const [, cut, quoted = ''] =
    /^Unexpected token .*?, (\.\.\.)?"(.*)"(?:\.\.\.)? is not valid JSON$/s.exec(message) ?? [];
  const start = quoted === '' ? -1 : content.indexOf(quoted);
  return start < 0 || cut === undefined ? undefined : start + QUOTED_BEFORE;
}

const QUOTED_BEFORE = 10;
