import { createInterface } from 'node:readline/promises';
import { shown } from './printable.ts';

/** A question for whoever sits at the terminal. */
export interface Asked {
  readonly text: string;
  readonly options: readonly string[];
}

/** Asks until the answer is an option, its number, or the end of the input, which is undefined. */
export async function askAt(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  { text, options }: Asked,
  signal: AbortSignal,
): Promise<string | undefined> {
  const lines = createInterface({ input, output, terminal: false });
  try {
    output.write(`${text}\n${options.map((option, i) => `  ${i + 1}  ${shown(option)}`).join('\n')}\n`);
    for (;;) {
      const answer = await answerOf(lines, signal);
      if (answer === undefined) return undefined;
      const found = options.find((option, i) => option === answer || String(i + 1) === answer);
      if (found !== undefined) return found;
    }
  } finally {
    lines.close();
  }
}

async function answerOf(lines: ReturnType<typeof createInterface>, signal: AbortSignal): Promise<string | undefined> {
  const ended = new Promise<undefined>((resolve) => {
    lines.once('close', () => resolve(undefined));
  });
  return Promise.race([lines.question('> ', { signal }).then((answer) => answer.trim()), ended]);
}
