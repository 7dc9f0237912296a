import { writeFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { LookupSign } from '../../../schemas/contracts/lookups.ts';
import type { Body } from '../../protocol/route-types.ts';
import { routes } from '../../protocol/routes.ts';
import { either } from '../../words/speech.ts';
import { readDocument } from '../agreements/terms/terms-file.ts';
import { saveCsv } from '../reports/csv-file.ts';
import { printAnswer, printList } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { cellOf, several } from '../terminal/option-values.ts';
import { picturesOf } from './pictures.ts';
import { lookupScreen, lookupsScreen, reportScreen, watchScreen } from './lookup-screens.ts';

interface AskOptions {
  readonly asked?: string;
  readonly agreement?: string;
  readonly key?: readonly string[];
  readonly case?: string;
  readonly reason?: string;
  readonly pictures?: string;
}

interface ListOptions {
  readonly agreement?: string;
  readonly role?: 'consumer' | 'provider';
  readonly csv?: string;
}

interface WatchOptions {
  readonly agreement?: string;
  readonly sign?: LookupSign | 'any';
  readonly csv?: string;
}

interface ReportOptions {
  readonly asked?: string;
  readonly resource?: string;
  readonly key?: readonly string[];
  readonly html?: string;
}

const KEY = '--key <field=value>';
const OUT_OF_HISTORY = 'a key stays out of the shell’s history';

/**
 * One record by its key; what was looked up, and who stands out. `lookup` takes the options that it shares with the commands
 * below it, wherever they are typed: so these ask for its options, too.
 */
export function lookupCommands(program: Command, context: Context): void {
  const lookup = program
    .command('lookup')
    .description('look one record up by its key, for a case; list and watch lookups')
    .option('--asked <file>', `all of it as JSON or YAML (- is standard input): ${OUT_OF_HISTORY}`)
    .option('--agreement <id>', 'under which agreement')
    .option(KEY, 'the record by its key; repeatable', several)
    .option('--case <number>', 'the case that it is needed for')
    .option('--reason <reason>', 'one of the reasons of the terms, word by word')
    .option('-o, --pictures <folder>', 'save the pictures that the record refers to there')
    .addHelpText(
      'after',
      examples(
        [
          "hub lookup --agreement ID --key id_no=… --case '(2026)执1024号' --reason '送达诉讼文书'",
          'in the evidence first',
        ],
        ['hub lookup --asked - < asked.json', '{"agreementId", "key" or "keys", "caseNumber", "reason"}'],
      ),
    )
    .action(async ({ asked, pictures, ...options }: AskOptions) => {
      const body = { ...(asked === undefined ? {} : await readDocument(asked, 'lookup')), ...askedOf(options) };
      const sent = { body: body as Body<'lookUp'> };
      if (pictures === undefined) return printAnswer(context, routes.lookUp, sent, lookupScreen);
      const { client } = await context.connect();
      const answer = await client.call(routes.lookUp, sent);
      const files = await picturesOf(client, answer, pictures);
      context.print({ ...answer, files }, (shown, look) => [lookupScreen(shown, look), ...shown.files].join('\n'));
    });
  listCommand(lookup, context);
  watchCommand(lookup, context);
  reportCommand(lookup, context);
}

const askedOf = ({ agreement, key, case: caseNumber, reason }: Omit<AskOptions, 'asked' | 'pictures'>): object => ({
  ...(agreement !== undefined && { agreementId: agreement }),
  ...keyOf(key),
  ...(caseNumber !== undefined && { caseNumber }),
  ...(reason !== undefined && { reason }),
});

const keyOf = (key: readonly string[] | undefined): object =>
  key === undefined ? {} : { key: Object.fromEntries(key.map(cellOf)) };

function listCommand(lookup: Command, context: Context): void {
  lookup
    .command('list')
    .description('what was looked up, newest first: by you, and in your data')
    .option('--agreement <id>', 'under this agreement')
    .addOption(new Option('--role <role>', 'by you, or in your data').choices(['consumer', 'provider']))
    .option('--csv <file>', 'save it for a spreadsheet')
    .addHelpText(
      'after',
      examples(
        ['hub lookup list --role provider', 'who looked up how much in your data, and why'],
        ['hub lookup list --agreement ID --csv lookups.csv', 'for your own files'],
      ),
    )
    .action(async (_, command: Command) => {
      const { agreement: agreementId, role, csv } = command.optsWithGlobals<ListOptions>();
      const query = { agreementId, role };
      if (csv !== undefined) return saveCsv(context, routes.listLookups, { query: { ...query, limit: 100 } }, csv);
      await printList(context, routes.listLookups, { query }, lookupsScreen);
    });
}

function watchCommand(lookup: Command, context: Context): void {
  lookup
    .command('watch')
    .description('who looks up how much in your data, day by day, and what stands out')
    .option('--agreement <id>', 'under this agreement')
    .addOption(new Option('--sign <sign>', 'only days with this sign').choices([...LookupSign.options, 'any']))
    .option('--csv <file>', 'save it for a spreadsheet')
    .addHelpText(
      'after',
      examples(
        ['hub lookup watch --sign any', 'what you should ask about'],
        ['hub lookup watch --sign consecutive', 'where somebody seems to count through keys'],
      ),
    )
    .action(async (_, command: Command) => {
      const { agreement: agreementId, sign, csv } = command.optsWithGlobals<WatchOptions>();
      const query = { agreementId, sign };
      if (csv !== undefined) return saveCsv(context, routes.watchLookups, { query: { ...query, limit: 100 } }, csv);
      await printList(context, routes.watchLookups, { query }, watchScreen);
    });
}

function reportCommand(lookup: Command, context: Context): void {
  lookup
    .command('report')
    .description('the authority: what was looked up about a person who asks')
    .option('--asked <file>', `all of it as JSON or YAML (- is standard input): ${OUT_OF_HISTORY}`)
    .option('--resource <id>', 'in which resource')
    .option(KEY, 'the record by its key; repeatable', several)
    .option('--html <file>', 'save it as a page to print, to be completed and sealed')
    .addHelpText(
      'after',
      examples(
        ['hub --lang zh lookup report --asked - --html notice.html < asked.json', '{"resourceId", "key"}'],
        ['hub lookup report --resource population --key id_no=…', 'that you asked is itself in the evidence'],
      ),
    )
    .action(async (_, command: Command) => {
      const { asked, resource, key, html } = command.optsWithGlobals<ReportOptions>();
      const document = asked === undefined ? {} : await readDocument(asked, 'question');
      const body = { ...document, ...(resource !== undefined && { resourceId: resource }), ...keyOf(key) };
      const sent = {
        body: body as Body<'reportLookups'>,
        query: { language: context.lang },
      };
      if (html === undefined) return printAnswer(context, routes.reportLookups, sent, reportScreen);
      const { client } = await context.connect();
      await writeFile(html, (await client.text(routes.reportLookups, 'html', sent)).text);
      context.print({ file: html }, (_, look) => either(look, `The page is in ${html}.`, `页面已存入 ${html}。`));
    });
}
