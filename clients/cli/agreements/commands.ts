import { Option, type Command } from 'commander';
import { AgreementState } from '../../../schemas/contracts/agreements.ts';
import { routes } from '../../protocol/routes.ts';
import { consentCommands } from './consent-commands.ts';
import { counterCommand } from './terms/counter-command.ts';
import { disputeCommands } from './dispute-commands.ts';
import { agreementDutiesCommand } from './duties-commands.ts';
import { lifeCommands } from './life-commands.ts';
import { aboutOne, printAgreement, readAgreement } from './step.ts';
import { viewCommands } from './view-commands.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { agreementScreen } from './agreement-screen.ts';
import { agreementsScreen } from './agreements-screen.ts';
import { agreementSteps } from './step-commands.ts';
import { printList } from '../terminal/answers.ts';
import { proposeCommand } from './propose-command.ts';

interface ListOptions {
  readonly state?: AgreementState;
  readonly resource?: string;
  readonly scheme?: string;
}

/** The whole life of an agreement, in the order in which it is lived. */
export function agreementsCommands(program: Command, context: Context): void {
  const agreements = program
    .command('agreements')
    .description('list agreements; show, propose, accept, sign, file, amend, suspend or terminate one, and more')
    .addOption(new Option('--state <state>', 'in this state').choices(AgreementState.options))
    .option('--resource <resource>', 'about this resource')
    .option('--scheme <scheme>', 'of this scheme')
    .addHelpText(
      'after',
      examples(
        ['hub agreements --state signed', 'those that the authority has to file'],
        ['hub agreements show ID', 'terms, signatures, history, what is owed, and what comes next'],
        ['hub agreements propose streets --fields code,name …', 'ask for data (see its own --help)'],
        ['hub agreements counter ID --frequency weekly', 'propose other terms'],
        ['hub agreements text ID', 'all of it in plain words'],
      ),
    )
    .action(async ({ state, resource, scheme }: ListOptions) => {
      const query = { state, resourceId: resource, scheme };
      await printList(context, routes.listAgreements, { query }, agreementsScreen);
    });
  showCommand(agreements, context);
  viewCommands(agreements, context);
  agreementDutiesCommand(agreements, context);
  proposeCommand(agreements, context);
  counterCommand(agreements, context);
  agreementSteps(agreements, context);
  consentCommands(agreements, context);
  lifeCommands(agreements, context);
  disputeCommands(agreements, context);
}

function showCommand(agreements: Command, context: Context): void {
  aboutOne(agreements, 'show', 'one agreement: terms, signatures, history, what is owed, and what comes next')
    .addHelpText('after', examples(['hub agreements show ID --json', 'with every terms version and its digest']))
    .action(async (id: string) => {
      const { client } = await context.connect();
      await printAgreement(context, client, await readAgreement(client, id), agreementScreen);
    });
}
