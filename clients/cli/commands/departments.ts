import type { Command } from 'commander';
import type { Department } from '../../../schemas/contracts/hub.ts';
import type { Context } from '../context.ts';
import { examples } from '../help.ts';
import { departmentsScreen } from '../screens/departments.ts';

export function departmentsCommand(program: Command, context: Context): void {
  program
    .command('departments')
    .description('the departments that take part')
    .addHelpText('after', examples(['hub departments', 'ids, names and roles']))
    .action(async () => {
      const { client } = await context.connect();
      context.print(await client.get<{ items: Department[] }>('/v1/departments'), departmentsScreen);
    });
}
