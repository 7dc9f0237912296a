import { Option, type Command } from 'commander';
import { DutyId } from '../../../schemas/contracts/duties.ts';
import { routes } from '../../protocol/routes.ts';
import { printAnswer, printList } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { saveCsv } from '../reports/csv-file.ts';
import { dutiesScreen } from './owed-screen.ts';
import { aboutOne } from './step.ts';

interface DutiesOptions {
  readonly overdue?: boolean;
  readonly others?: boolean;
  readonly own?: boolean;
  readonly duty?: DutyId;
  readonly agreement?: string;
  readonly csv?: string;
}

/** `hub duties`: who owes what by when, over all agreements and demands. */
export function dutiesCommand(program: Command, context: Context): void {
  program
    .command('duties')
    .description('what you owe and by when; for authority and auditor everybody’s')
    .option('--overdue', 'only what is past its last day')
    .option('--others', 'what others owe you')
    .option('--own', 'what you owe yourself, as authority or auditor')
    .addOption(new Option('--duty <duty>', 'of this kind').choices(DutyId.options))
    .option('--agreement <agreement>', 'under this agreement')
    .option('--csv <file>', 'save them for a spreadsheet')
    .addHelpText(
      'after',
      `${examples(
        ['hub duties', 'the day’s work, in order of the last day'],
        ['hub duties --others --overdue', 'whom to remind'],
        ['hub duties --own --duty file', 'what the authority has to file'],
      )}

The list is up to a minute behind; hub agreements duties ID is as of now.
`,
    )
    .action(async ({ overdue, others, own, duty, agreement, csv }: DutiesOptions) => {
      const query = {
        side: others ? 'others' : own ? 'own' : undefined,
        duty,
        agreementId: agreement,
        overdue: overdue ? 'true' : undefined,
      } as const;
      if (csv !== undefined) return saveCsv(context, routes.listDuties, { query: { ...query, limit: 100 } }, csv);
      await printList(context, routes.listDuties, { query }, dutiesScreen);
    });
}

/** `hub agreements duties ID`: what is owed under one agreement. */
export function agreementDutiesCommand(agreements: Command, context: Context): void {
  aboutOne(agreements, 'duties', 'who owes what by when under this agreement')
    .addHelpText('after', examples(['hub agreements duties ID', 'as of now'], ['hub duties', 'all that you owe']))
    .action((agreementId: string) =>
      printAnswer(context, routes.readAgreementDuties, { params: { agreementId } }, dutiesScreen),
    );
}
