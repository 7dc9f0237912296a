import type { Command } from 'commander';
import type { Context } from '../terminal/context.ts';
import { demandCommands } from './demand-commands.ts';
import { themeCommands } from './theme-commands.ts';

/** Themes, and what departments need. */
export function demandsCommands(program: Command, context: Context): void {
  themeCommands(program, context);
  demandCommands(program, context);
}
