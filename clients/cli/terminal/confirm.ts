import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Standard input and error of a process; where both are a terminal, somebody is there to be asked. */
export interface Typist {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: { readonly isTTY?: boolean; write(text: string): unknown };
}

export const isSomebodyThere = ({ input, output }: Typist): boolean => input.isTTY === true && output.isTTY === true;

/** Asks, and waits for a line. Anything but a yes is a no, the end of the input as well. */
export async function saysYes({ input, output }: Typist, question: string): Promise<boolean> {
  output.write(`${question} [y/N] `);
  // The terminal stays as it is, so that Ctrl-C ends the process.
  const lines = createInterface({ input, terminal: false });
  try {
    const answer = await new Promise<string>((resolve) => {
      lines.once('line', resolve);
      lines.once('close', () => resolve(''));
    });
    return /^\s*(y|yes|是)\s*$/i.test(answer);
  } finally {
    lines.close();
  }
}
