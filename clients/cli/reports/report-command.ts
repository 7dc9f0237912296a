import { Option, type Command } from 'commander';
import { ReportBy, type PlatformReport } from '../../../schemas/contracts/reports.ts';
import { routes } from '../../protocol/routes.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { saveCsv } from './csv-file.ts';
import { reportScreen } from './report-screen.ts';

interface ReportOptions {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly by: ReportBy;
  readonly csv?: string;
}

export function reportCommand(program: Command, context: Context): void {
  program
    .command('report')
    .description('what was exchanged, on time or late, what was rejected, and what it was good for')
    .option('--from <month>', 'first month, YYYY-MM (default: eleven months before the last)')
    .option('--to <month>', 'last month, YYYY-MM (default: this month)')
    .addOption(new Option('--by <what>', 'one line for each').choices(ReportBy.options).default('month'))
    .option('--csv <file>', 'save the lines with all their figures for a spreadsheet')
    .addHelpText(
      'after',
      `${examples(
        ['hub report', 'the last twelve months'],
        ['hub report --from 2026-01 --to 2026-12 --by pair', 'who gave whom how much in a year'],
        ['hub report --by rule', 'which rules rejected the records of which provider'],
        ['hub report --by reason', 'who looks up whom, for what, how often'],
        ['hub report --by kind', 'the same of comparisons'],
        ['hub report --by theme --csv themes.csv', 'for a spreadsheet'],
      )}

Authority and auditor see the whole hub, a department what it provided or received. The figures are about a minute
behind; a delivery is late that went out more than 15 minutes after it could have.
`,
    )
    .action(async ({ from, to, by, csv }: ReportOptions) => {
      if (csv !== undefined) return saveCsv(context, routes.platformReport, { query: { from, to, by } }, csv);
      context.print(await whole(context, { from, to, by }), reportScreen);
    });
}

/** The report with the lines of all its pages. */
async function whole(context: Context, query: Omit<ReportOptions, 'csv'>): Promise<PlatformReport> {
  const { client } = await context.connect();
  const { cursor, ...report } = await client.call(routes.platformReport, { query });
  const items = [...report.items];
  let next = cursor;
  while (next !== undefined) {
    const page: PlatformReport = await client.call(routes.platformReport, { query: { ...query, cursor: next } });
    items.push(...page.items);
    next = page.cursor;
  }
  return { ...report, items };
}
