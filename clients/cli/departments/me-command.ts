import type { Command } from 'commander';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { meScreen } from './me-screen.ts';

export function meCommand(program: Command, context: Context): void {
  program
    .command('me')
    .description('who you are to the hub: department, roles, mailbox; and which hub it is')
    .addHelpText(
      'after',
      examples(['hub me', 'as the default profile'], ['hub me --profile tax --json', 'as tax, for a script']),
    )
    .action(async () => {
      const hub = await context.connect();
      const me = await hub.me();
      context.print({ ...me, hub: { api: hub.api, region: hub.region, source: hub.source } }, meScreen);
    });
}
