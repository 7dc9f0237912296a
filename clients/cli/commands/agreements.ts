import { Option, type Command } from 'commander';
import { AgreementState, type Agreement, type AgreementSummary } from '../../../schemas/contracts/agreements.ts';
import type { Context } from '../context.ts';
import { examples } from '../help.ts';
import { agreementScreen } from '../screens/agreement.ts';
import { agreementsScreen } from '../screens/agreements.ts';
import { agreementSteps } from './agreement-steps.ts';
import { listed } from './listed.ts';
import { proposeCommand } from './propose.ts';

interface ListOptions {
  readonly state?: string;
  readonly resource?: string;
}

export function agreementsCommands(program: Command, context: Context): void {
  const agreements = program
    .command('agreements')
    .description('list agreements; show, propose, accept, sign, file or terminate one')
    .addOption(new Option('--state <state>', 'in this state').choices(AgreementState.options))
    .option('--resource <resource>', 'about this resource')
    .addHelpText(
      'after',
      examples(
        ['hub agreements --state signed', 'those that the authority has to file'],
        ['hub agreements show ID', 'terms, signatures, history, and what comes next'],
        ['hub agreements propose streets --fields code,name …', 'ask for data (see its own --help)'],
      ),
    )
    .action(async ({ state, resource }: ListOptions) => {
      const query = { state, resourceId: resource };
      context.print(await listed<AgreementSummary>(context, '/v1/agreements', query), agreementsScreen);
    });
  showCommand(agreements, context);
  proposeCommand(agreements, context);
  agreementSteps(agreements, context);
}

function showCommand(agreements: Command, context: Context): void {
  agreements
    .command('show')
    .description('one agreement: terms, signatures, history, and what comes next')
    .argument('<agreement>', 'id of the agreement')
    .addHelpText('after', examples(['hub agreements show ID --json', 'with every terms version and its digest']))
    .action(async (id: string) => {
      const { client } = await context.connect();
      context.print(await client.get<Agreement>(`/v1/agreements/${encodeURIComponent(id)}`), agreementScreen);
    });
}
