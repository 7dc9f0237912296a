import type { Command } from 'commander';
import type { Context } from '../terminal/context.ts';
import { benefitCommand } from './benefit-command.ts';
import { reportCommand } from './report-command.ts';
import { usageCommand } from './usage-command.ts';

/** What was exchanged, what use is made of it, and what it was good for. */
export function reportsCommands(program: Command, context: Context): void {
  reportCommand(program, context);
  usageCommand(program, context);
  benefitCommand(program, context);
}
