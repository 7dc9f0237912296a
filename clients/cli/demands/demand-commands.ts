import { Option, type Command } from 'commander';
import { DemandRole, DemandState } from '../../../schemas/contracts/demands.ts';
import { routes } from '../../protocol/routes.ts';
import { printAnswer, printList } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { agreeCommand } from './agree-command.ts';
import { demandSteps } from './demand-steps.ts';
import { demandScreen, demandsScreen } from './demands-screen.ts';
import { stateCommand } from './state-command.ts';

interface ListOptions {
  readonly theme?: string;
  readonly state?: DemandState;
  readonly role?: DemandRole;
}

/** What departments need, from the first word to the agreement that satisfies it. */
export function demandCommands(program: Command, context: Context): void {
  const demand = program
    .command('demand')
    .description('list demands; state, show, match, agree, decline or withdraw one')
    .option('--theme <theme>', 'of this theme')
    .addOption(new Option('--state <state>', 'in this state').choices(DemandState.options))
    .addOption(new Option('--role <role>', 'where your department is that').choices(DemandRole.options))
    .addHelpText(
      'after',
      examples(
        ['hub demand --theme emergency --state open', 'what nothing is found for yet'],
        ['hub demand --role asked', 'what others ask you for'],
        ['hub demand matches ID', 'what the catalog has for one, and why'],
        ['hub demand agree ID', 'propose an agreement for one'],
      ),
    )
    .action((query: ListOptions) => printList(context, routes.listDemands, { query }, demandsScreen));
  showCommand(demand, context);
  stateCommand(demand, context);
  demandSteps(demand, context);
  agreeCommand(demand, context);
}

function showCommand(demand: Command, context: Context): void {
  demand
    .command('show')
    .description('one demand, where it stands, and what comes next')
    .argument('<demand>', 'id of the demand')
    .addHelpText('after', examples(['hub demand show ID --json', 'as data']))
    .action((demandId: string) => printAnswer(context, routes.readDemand, { params: { demandId } }, demandScreen));
}
