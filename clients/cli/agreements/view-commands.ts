import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { onTheTable } from '../../protocol/on-the-table.ts';
import { routes } from '../../protocol/routes.ts';
import { either } from '../../words/speech.ts';
import { printList } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { whole } from '../terminal/option-values.ts';
import { saveCsv } from '../reports/csv-file.ts';
import { historyScreen } from './history-screen.ts';
import { differencesScreen } from './terms/differences-screen.ts';
import { previewScreen } from './terms/preview-screen.ts';
import { aboutOne, readAgreement } from './step.ts';
import { precedentsScreen, textScreen } from './terms/text-screen.ts';

interface VersionOption {
  readonly termsVersion?: number;
}

const version = whole(1, 999_999_999);

/** What was done and said; what terms say, what they would deliver, and what they change. */
export function viewCommands(agreements: Command, context: Context): void {
  historyCommand(agreements, context);
  textCommand(agreements, context);
  differencesCommand(agreements, context);
  previewCommand(agreements, context);
  precedentsCommand(agreements, context);
}

function historyCommand(agreements: Command, context: Context): void {
  aboutOne(agreements, 'history', 'everything that was done and said in it, oldest first, however long it is')
    .addHelpText(
      'after',
      examples(
        ['hub agreements history ID', 'also what `agreements show` leaves out of a long one'],
        ['hub agreements history ID --json', 'with the dataset in force at each filing and resumption'],
      ),
    )
    .action((agreementId: string) =>
      printList(context, routes.readHistory, { params: { agreementId } }, historyScreen),
    );
}

function textCommand(agreements: Command, context: Context): void {
  aboutOne(
    agreements,
    'text',
    'the agreement in plain words (--lang zh or en): who owes whom what, and what comes next',
  )
    .option('--terms-version <number>', 'of other terms than those in force', version)
    .option('--html <file>', 'save it as a page to print')
    .addHelpText(
      'after',
      examples(
        ['hub --lang zh agreements text ID', 'in Chinese'],
        ['hub agreements text ID --terms-version 2 --html page.html', 'an amendment as a page to print'],
      ),
    )
    .action(async (agreementId: string, { termsVersion, html }: VersionOption & { readonly html?: string }) => {
      const { client } = await context.connect();
      const sent = { params: { agreementId }, query: { version: termsVersion, language: context.lang } };
      if (html === undefined) return context.print(await client.call(routes.readText, sent), textScreen);
      await writeFile(html, (await client.text(routes.readText, 'html', sent)).text);
      context.print({ file: html }, (_, look) => either(look, `The page is in ${html}.`, `页面已存入 ${html}。`));
    });
}

interface DifferencesOptions {
  readonly from?: number;
  readonly to?: number;
  readonly csv?: string;
}

function differencesCommand(agreements: Command, context: Context): void {
  aboutOne(agreements, 'differences', 'what differs between two terms versions, field by field')
    .option('--from <number>', 'the older (default: the one before)', version)
    .option('--to <number>', 'the newer (default: those on the table)', version)
    .option('--csv <file>', 'save them for a spreadsheet')
    .addHelpText(
      'after',
      examples(
        ['hub agreements differences ID', 'what the newest terms changed'],
        ['hub agreements differences ID --from 1 --to 4', 'what all of the negotiation changed'],
      ),
    )
    .action(async (agreementId: string, options: DifferencesOptions) => {
      const { client } = await context.connect();
      const to = options.to ?? onTheTable(await readAgreement(client, agreementId)).termsVersion;
      const sent = { params: { agreementId }, query: { from: options.from ?? Math.max(1, to - 1), to } };
      if (options.csv !== undefined) return saveCsv(context, routes.compareTerms, sent, options.csv);
      context.print(await client.call(routes.compareTerms, sent), differencesScreen);
    });
}

function previewCommand(agreements: Command, context: Context): void {
  aboutOne(agreements, 'preview', 'what these terms cover today: records, fields, a masked sample')
    .option('--terms-version <number>', 'of these terms (default: those on the table)', version)
    .addHelpText(
      'after',
      `${examples(['hub agreements preview ID', 'before you accept or sign'])}

For the provider; for the consumer once the provider has proposed or accepted these terms. It is put on record.
`,
    )
    .action(async (agreementId: string, { termsVersion }: VersionOption) => {
      const { client } = await context.connect();
      const chosen = termsVersion ?? onTheTable(await readAgreement(client, agreementId)).termsVersion;
      const sent = { params: { agreementId }, query: { version: chosen } };
      context.print(await client.call(routes.previewTerms, sent), previewScreen);
    });
}

function precedentsCommand(agreements: Command, context: Context): void {
  agreements
    .command('precedents')
    .description('the terms in force on a resource of yours, to begin new ones with')
    .argument('<resource>', 'id of the resource')
    .addHelpText('after', examples(['hub agreements precedents streets --json', 'as data, with all of the terms']))
    .action((resourceId: string) =>
      printList(context, routes.listPrecedents, { params: { resourceId } }, precedentsScreen),
    );
}
