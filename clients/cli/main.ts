#!/usr/bin/env node
import { CommanderError } from 'commander';
import { hubProgram, usageExit } from './program.ts';
import { jsonText, printable, shown } from './printable.ts';
import { toldScreen } from './screens/told.ts';
import { lookOf } from './terminal-context.ts';
import { told } from './told.ts';

// Whoever reads us may stop reading: `hub resources | head`.
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
  if (fault.code === 'EPIPE') process.exit(0);
  throw fault;
});

const args = process.argv.slice(2);
const { program, context } = await hubProgram(args);
try {
  // Subcommands have a --version of their own (of a resource), so the tool's is -V; as the first word it is meant here.
  await program.parseAsync(args[0] === '--version' ? ['-V'] : args, { from: 'user' });
} catch (fault) {
  if (fault instanceof CommanderError) {
    process.exitCode = usageExit(fault);
  } else {
    const failure = told(fault);
    const { exit, ...document } = failure;
    const look = lookOf(process.stderr, process.env, context.lang);
    const text = context.json ? jsonText(document) : printable(toldScreen(shown(failure), look), look.color);
    process.stderr.write(`${text}\n`);
    process.exitCode = exit;
  }
}
