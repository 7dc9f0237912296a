import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Terminal } from './terminal.ts';
import type { Printed } from './typed.ts';

const DAY = /\b\d{4}-\d\d-\d\d\b/g;
const A_DAY = '2026-12-01';

/** What a person sees on the screen while typing, without what differs from run to run. */
export class Recording {
  #lines: string[] = [];
  readonly #terminal: Terminal;
  /** Ids are numbered as they appear, through all of the pieces of a story. */
  readonly #ids = new Map<string, string>();
  /** Days that somebody typed are the same in every run. */
  readonly #typedDays = new Set<string>();

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** A department types a command, which must end with this exit code. */
  async type(department: string, line: string, code = 0): Promise<Printed> {
    const printed = await this.#terminal.hub(line, { env: { AWS_PROFILE: department } });
    for (const day of line.match(DAY) ?? []) this.#typedDays.add(day);
    this.#lines.push(`${department}$ hub ${line}`, printed.err + printed.out);
    expect(printed.code === code ? { line, code } : { line, ...printed }).toEqual({ line, code });
    return printed;
  }

  /**
   * What was typed since the last match is the same as the recording in `screens/NAME.txt`; `RECORD_SCREENS=1` writes it
   * anew, to be read in the diff. Days by which something is owed depend on today: with `deadlines` every day that nobody
   * typed is shown as the same one.
   */
  async matches(name: string, { deadlines = false } = {}): Promise<void> {
    const file = join(import.meta.dirname, 'screens', `${name}.txt`);
    const told = normalised(this.#lines.join('\n'), this.#terminal.folder, this.#ids);
    this.#lines = [];
    const seen = deadlines ? told.replaceAll(DAY, (day) => (this.#typedDays.has(day) ? day : A_DAY)) : told;
    if (process.env['RECORD_SCREENS']) await writeFile(file, seen);
    expect(seen).toBe(await readFile(file, 'utf8'));
  }
}

/** Ids keep their width, so that tables stay tables. */
function normalised(text: string, folder: string, ids: Map<string, string>): string {
  const numbered = (found: string, width: number, sign: string): string => {
    const before = ids.get(found) ?? `${sign}${String(ids.size + 1).padStart(width - sign.length, '-')}`;
    ids.set(found, before);
    return before;
  };
  return text
    .replaceAll(folder, '/home/user')
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'http://127.0.0.1:4600')
    .replaceAll(/\b[0-9A-HJKMNP-TV-Z]{26}\b/g, (id) => numbered(id, 26, 'ID'))
    .replaceAll(/[A-Za-z0-9+/]{43}=/g, (digest) => numbered(digest, 44, 'DIGEST'))
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, `${A_DAY} 10:00:00`)
    .replaceAll(/\d+\.\d s\)/g, '0.1 s)');
}
