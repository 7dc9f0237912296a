import { Option, type Command } from 'commander';
import { Encoding, UploadFormat } from '../../../schemas/contracts/uploads.ts';
import { WatchState } from '../../../schemas/contracts/watches.ts';
import { lodgeList } from '../../node/watches.ts';
import { routes } from '../../protocol/routes.ts';
import { pairOf } from '../compare/compare-command.ts';
import { printAnswer, printList } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { wrongUsage } from '../terminal/failure.ts';
import { examples } from '../terminal/help.ts';
import { several } from '../terminal/option-values.ts';
import { kindOf } from '../upload/checking/file-kind.ts';
import { anyFile } from '../upload/file-words.ts';
import { mustBeReadable } from '../upload/files.ts';
import { alertScreen, alertsScreen } from './alerts-screen.ts';

interface ListOptions {
  readonly role?: 'consumer' | 'provider';
  readonly state?: WatchState;
  readonly agreement?: string;
}

interface LodgeOptions {
  readonly agreement?: string;
  readonly columns?: readonly string[];
  readonly format: UploadFormat;
  readonly sheet?: string;
  readonly encoding: Encoding;
}

/**
 * `hub alerts`: keys that are watched for changes, so that nobody asks again and again. It takes the options that it shares with the
 * commands below it, wherever they are typed: so these ask for its options, too.
 */
export function alertsCommands(program: Command, context: Context): void {
  const alerts = program
    .command('alerts')
    .description('keys that are watched: be told when their records change')
    .addOption(new Option('--role <role>', 'keys of yours, or watched in your data').choices(['consumer', 'provider']))
    .addOption(new Option('--state <state>', 'in this state').choices(WatchState.options))
    .option('--agreement <id>', 'under one agreement')
    .addHelpText(
      'after',
      examples(
        [
          'hub alerts --role provider',
          'how many keys are watched in your data, for what, and how many changes were told',
        ],
        ['hub alerts lodge pensioners.csv --agreement ID', 'be told when one of these records changes'],
        ['hub poll', 'the places on your list whose records changed'],
      ),
    )
    .action(({ role, state, agreement: agreementId }: ListOptions) =>
      printList(context, routes.listWatches, { query: { role, state, agreementId } }, alertsScreen),
    );
  lodgeCommand(alerts, context);
  alerts
    .command('show')
    .description('one watch: how many keys, what was told of them')
    .argument('<watch>', 'id of the watch')
    .addHelpText('after', examples(['hub alerts show ID', 'which keys, it does not say']))
    .action((watchId: string) => printAnswer(context, routes.readWatch, { params: { watchId } }, alertScreen));
  alerts
    .command('end')
    .description('have keys watched no more')
    .argument('<watch>', 'id of the watch')
    .addHelpText('after', examples(['hub alerts end ID', 'the keys are removed']))
    .action((watchId: string) => printAnswer(context, routes.endWatch, { params: { watchId } }, alertScreen));
}

function lodgeCommand(alerts: Command, context: Context): void {
  alerts
    .command('lodge')
    .description('have the records of a list’s keys watched')
    .argument('<file>', anyFile())
    .option('--agreement <id>', 'an agreement of mode lookup or comparison whose terms say watchKeys')
    .option('--columns <field=column>', 'what the list calls a field of the key; repeatable', several)
    .addOption(new Option('--format <format>', 'auto finds it out').choices(UploadFormat.options).default('auto'))
    .option('--sheet <name>', 'of a workbook: the sheet with the list (default: the first that is shown)')
    .addOption(
      new Option('--encoding <name>', 'what CSV or NDJSON is written in').choices(Encoding.options).default('utf-8'),
    )
    .addHelpText(
      'after',
      examples([
        'hub alerts lodge pensioners.xlsx --agreement ID --columns id_no=身份证号',
        'other columns are not kept',
      ]),
    )
    .action((file: string, _, command: Command) => lodge(context, file, command.optsWithGlobals<LodgeOptions>()));
}

async function lodge(context: Context, file: string, options: LodgeOptions): Promise<void> {
  await mustBeReadable(file);
  const { agreement: agreementId, sheet, encoding, columns = [] } = options;
  if (agreementId === undefined)
    throw wrongUsage('No agreement is named.', 'Say under which one: --agreement ID, as hub agreements lists them.');
  const typed = { content: 'snapshot', format: options.format, sheet, encoding, mended: false } as const;
  const { format } = await kindOf(file, typed);
  if (format === 'auto')
    throw wrongUsage(`${file} is of no format that is taken.`, 'Lists are CSV, NDJSON, XLSX or Parquet.');
  const { client } = await context.connect();
  const list = {
    format,
    encoding,
    ...(sheet !== undefined && { sheet }),
    ...(columns.length > 0 && { columns: Object.fromEntries(columns.map(pairOf)) }),
  };
  const watchId = await lodgeList(client, file, { agreementId, ...list });
  context.print(await client.call(routes.readWatch, { params: { watchId } }), alertScreen);
}
