import { CommanderError } from 'commander';
import type { Context } from './terminal/context.ts';
import { exit } from './terminal/failure.ts';
import { jsonText, printable, shown } from './terminal/printable.ts';
import { hubProgram } from './program.ts';
import { toldScreen } from './terminal/told-screen.ts';
import { lookOf } from './terminal/terminal-context.ts';
import { told } from './terminal/told.ts';
import { usageFailure } from './terminal/usage.ts';

/** Does what was typed after `hub`, and leaves its exit code in `process.exitCode`. */
export async function run(args: readonly string[]): Promise<void> {
  const { program, context, words } = await hubProgram(args);
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (fault) {
    const failure = fault instanceof CommanderError ? usageFailure(fault) : fault;
    process.exitCode = failure === undefined ? exit.ok : tell(failure, context, args);
  }
}

/** On standard error, for people or for machines. @returns the exit code to leave with */
function tell(fault: unknown, context: Context, args: readonly string[]): number {
  const failure = told(fault);
  const { exit: leave, ...document } = failure;
  const look = lookOf(process.stderr, process.env, context.lang);
  // A line that is wrong before its `--json` means it, too.
  const isJson = context.json || args.includes('--json');
  const text = isJson ? jsonText(document) : printable(toldScreen(shown(failure), look), look.color);
  process.stderr.write(`${text}\n`);
  return leave;
}
