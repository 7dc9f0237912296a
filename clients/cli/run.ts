import { CommanderError } from 'commander';
import type { Context } from './terminal/context.ts';
import { jsonText, printable, shown } from './terminal/printable.ts';
import { hubProgram, usageExit } from './program.ts';
import { toldScreen } from './terminal/told-screen.ts';
import { lookOf } from './terminal/terminal-context.ts';
import { told } from './terminal/told.ts';

/** Does what was typed after `hub`, and leaves its exit code in `process.exitCode`. */
export async function run(args: readonly string[]): Promise<void> {
  const { program, context } = await hubProgram(args);
  try {
    // Subcommands have a --version of their own (of a resource), so the tool's is -V; as the first word it is meant here.
    await program.parseAsync(args[0] === '--version' ? ['-V'] : args, { from: 'user' });
  } catch (fault) {
    process.exitCode = fault instanceof CommanderError ? usageExit(fault) : tell(fault, context);
  }
}

/** On standard error, for people or for machines. @returns the exit code to leave with */
function tell(fault: unknown, context: Context): number {
  const failure = told(fault);
  const { exit, ...document } = failure;
  const look = lookOf(process.stderr, process.env, context.lang);
  const text = context.json ? jsonText(document) : printable(toldScreen(shown(failure), look), look.color);
  process.stderr.write(`${text}\n`);
  return exit;
}
