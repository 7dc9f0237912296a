import type { Command } from 'commander';
import { routes } from '../../protocol/routes.ts';
import { printAnswer, printList } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { whole } from '../terminal/option-values.ts';
import { saveCsv } from './csv-file.ts';
import { unusedScreen, usageScreen } from './usage-screen.ts';

interface UsageOptions {
  readonly days: number;
  readonly csv?: string;
}

export function usageCommand(program: Command, context: Context): void {
  program
    .command('usage')
    .description('what use is made of an agreement; without one, the agreements that nobody makes use of')
    .argument('[agreement]', 'id of the agreement')
    .option('--days <n>', 'a field is unread that was not fetched for so long', whole(1, 3650), 90)
    .option('--csv <file>', 'save the list of unused ones for a spreadsheet')
    .addHelpText(
      'after',
      examples(
        ['hub usage', 'what should be confirmed, narrowed or ended'],
        ['hub usage ID', 'deliveries, those never fetched, fields never read'],
        ['hub usage --days 365 --csv unused.csv', 'not used for a year'],
      ),
    )
    .action(async (id: string | undefined, { days, csv }: UsageOptions) => {
      if (id === undefined) return unused(context, days, csv);
      const sent = { params: { agreementId: id }, query: { days } };
      await printAnswer(context, routes.readUsage, sent, usageScreen);
    });
}

async function unused(context: Context, days: number, csv: string | undefined): Promise<void> {
  if (csv !== undefined) return saveCsv(context, routes.listUnusedGrants, { query: { days, limit: 100 } }, csv);
  await printList(context, routes.listUnusedGrants, { query: { days } }, unusedScreen);
}
