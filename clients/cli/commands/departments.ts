import type { Command } from 'commander';
import { routes } from '../../protocol/routes.ts';
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
      context.print(await client.call(routes.listDepartments, {}), departmentsScreen);
    });
}
