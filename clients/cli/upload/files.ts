import { access, constants, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exit, Failure } from '../terminal/failure.ts';

/** @returns its bytes */
export async function mustBeReadable(file: string): Promise<number> {
  try {
    const facts = await stat(file);
    if (!facts.isFile()) throw unusable(`${file} is not a file.`);
    await access(file, constants.R_OK);
    return facts.size;
  } catch (fault) {
    if (fault instanceof Failure) throw fault;
    const { code } = fault as NodeJS.ErrnoException;
    throw unusable(code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read.`, fault);
  }
}

const unusable = (what: string, cause?: unknown): Failure =>
  new Failure(
    {
      what,
      code: 'no-such-file',
      next: ['Check the name; it is taken from the folder that you are in.'],
      exit: exit.usage,
    },
    { cause },
  );

/** A report in place of the file that it is about would be the end of that file. */
export function mustNotOverwrite(file: string, outputs: readonly (string | undefined)[]): void {
  const seen = new Set([resolve(file)]);
  for (const output of outputs) {
    if (output === undefined) continue;
    if (seen.has(resolve(output))) {
      throw new Failure({
        what: `${output} is named twice.`,
        why: 'It would be overwritten.',
        next: ['Name another file.'],
        code: 'usage',
        exit: exit.usage,
      });
    }
    seen.add(resolve(output));
  }
}
