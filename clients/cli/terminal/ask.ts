import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { shown } from './printable.ts';

/** Standard input and error of a process; where both are a terminal, somebody is there to be asked. */
export interface Typist {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: { readonly isTTY?: boolean; write(text: string): unknown };
}

export const isSomebodyThere = ({ input, output }: Typist): boolean => input.isTTY === true && output.isTTY === true;

/** Asks, and waits for a line. Anything but a yes is a no, the end of the input as well. */
export async function saysYes({ input, output }: Typist, question: string): Promise<boolean> {
  output.write(`${question} [y/N] `);
  for await (const line of typed(input)) return /^\s*(y|yes|是)\s*$/i.test(line);
  return false;
}

/** A question that has some answers and no other. */
export interface Asked {
  readonly text: string;
  readonly options: readonly string[];
}

/** Asks until a line is an option or its number; undefined at the end of the input. */
export async function choice(
  { input, output }: Typist,
  { text, options }: Asked,
  signal: AbortSignal,
): Promise<string | undefined> {
  output.write(`${text}\n${options.map((option, i) => `  ${i + 1}  ${shown(option)}`).join('\n')}\n> `);
  for await (const line of typed(input, signal)) {
    const found = options.find((option, i) => option === line.trim() || String(i + 1) === line.trim());
    if (found !== undefined) return found;
    output.write('> ');
  }
  return undefined;
}

/** Line by line. The terminal stays as it is, so that Ctrl-C ends the process. */
async function* typed(input: Readable, signal?: AbortSignal): AsyncGenerator<string> {
  const lines = createInterface({ input, terminal: false, ...(signal && { signal }) });
  try {
    yield* lines;
  } finally {
    lines.close();
  }
}
