import { createInterface } from 'node:readline';
import { shown } from './printable.ts';

/** A question for whoever sits at the terminal. */
export interface Asked {
  readonly text: string;
  readonly options: readonly string[];
}

/** Asks until a line is an option or its number; undefined at the end of the input. */
export async function askAt(
  input: NodeJS.ReadableStream,
  output: { write(text: string): unknown },
  { text, options }: Asked,
  signal: AbortSignal,
): Promise<string | undefined> {
  output.write(`${text}\n${options.map((option, i) => `  ${i + 1}  ${shown(option)}`).join('\n')}\n> `);
  // The terminal stays as it is, so that Ctrl-C ends the process.
  const lines = createInterface({ input, terminal: false, signal });
  try {
    for await (const line of lines) {
      const found = options.find((option, i) => option === line.trim() || String(i + 1) === line.trim());
      if (found !== undefined) return found;
      output.write('> ');
    }
    return undefined;
  } finally {
    lines.close();
  }
}
