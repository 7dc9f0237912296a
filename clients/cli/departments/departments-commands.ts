import type { Command } from 'commander';
import { routes } from '../../protocol/routes.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { departmentsScreen } from './departments-screen.ts';
import { printAnswer } from '../terminal/answers.ts';

export function departmentsCommand(program: Command, context: Context): void {
  program
    .command('departments')
    .description('the departments that take part')
    .addHelpText('after', examples(['hub departments', 'ids, names and roles']))
    .action(() => printAnswer(context, routes.listDepartments, {}, departmentsScreen));
}
