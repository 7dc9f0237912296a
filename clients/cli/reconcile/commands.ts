import { randomUUID } from 'node:crypto';
import { Option, type Command } from 'commander';
import { ComparisonKind, DeliveryFormat, Frequency } from '../../../schemas/contracts/terms.ts';
import { routes } from '../../protocol/routes.ts';
import { pairOf } from '../compare/compare-command.ts';
import { comparisonsScreen } from '../compare/comparisons-screen.ts';
import { printAnswer, printList } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { wrongUsage } from '../terminal/failure.ts';
import { examples } from '../terminal/help.ts';
import { several } from '../terminal/option-values.ts';
import { reconciliationScreen, reconciliationsScreen } from './reconciliations-screen.ts';

interface ListOptions {
  readonly role?: 'consumer' | 'provider';
  readonly state?: 'active' | 'ended';
  readonly agreement?: string;
}

interface OrderOptions {
  readonly agreement?: string;
  readonly kind: ComparisonKind;
  readonly columns?: readonly string[];
  readonly every: Frequency;
  readonly at?: string;
  readonly as: DeliveryFormat;
}

/**
 * `hub reconcile`: two resources that are compared again and again. It takes the options that it shares with the commands
 * below it, wherever they are typed: so these ask for its options, too.
 */
export function reconcileCommands(program: Command, context: Context): void {
  const reconcile = program
    .command('reconcile')
    .description('standing orders: compare a resource of yours again and again, and get what is different')
    .addOption(new Option('--role <role>', 'of yours, or with your data').choices(['consumer', 'provider']))
    .addOption(new Option('--state <state>', 'in this state').choices(['active', 'ended']))
    .option('--agreement <id>', 'under one agreement')
    .addHelpText(
      'after',
      examples(
        ['hub reconcile --role provider', 'who compares with your data again and again, for what'],
        ['hub reconcile order sales --agreement ID --kind verify --every weekly', 'what is new, changed or gone'],
        ['hub reconcile runs ID', 'what each run came to'],
      ),
    )
    .action(({ role, state, agreement: agreementId }: ListOptions) =>
      printList(context, routes.listReconciliations, { query: { role, state, agreementId } }, reconciliationsScreen),
    );
  orderCommand(reconcile, context);
  ofOne(reconcile, context);
}

function orderCommand(reconcile: Command, context: Context): void {
  reconcile
    .command('order')
    .description('have a resource of yours compared, now and whenever either side has new data')
    .argument('<resource>', 'a resource that your department provides')
    .option('--agreement <id>', 'an agreement of mode comparison')
    .addOption(
      new Option('--kind <kind>', 'what is asked: one of the kinds agreed')
        .choices(ComparisonKind.options)
        .makeOptionMandatory(),
    )
    .option('--columns <field=column>', 'what your resource calls a field; repeatable', several)
    .addOption(new Option('--every <period>', 'how often at most').choices(Frequency.options).default('on-arrival'))
    .option('--at <time>', 'time of day, HH:MM (default 02:00)')
    .addOption(new Option('--as <format>', 'of the results').choices(DeliveryFormat.options).default('csv'))
    .addHelpText(
      'after',
      examples([
        'hub reconcile order sales --agreement ID --kind except --every weekly --columns contract=合同编号',
        'each week the sales that are not there any more, or for the first time',
      ]),
    )
    .action((resourceId: string, _, command: Command) =>
      order(context, resourceId, command.optsWithGlobals<OrderOptions>()),
    );
}

async function order(context: Context, resourceId: string, options: OrderOptions): Promise<void> {
  const { agreement, kind, columns = [], every, at, as } = options;
  if (agreement === undefined)
    throw wrongUsage('No agreement is named.', 'Say under which one: --agreement ID, as hub agreements lists them.');
  const body = {
    agreementId: agreement as never,
    kind,
    list: {
      resourceId: resourceId as never,
      ...(columns.length > 0 && { columns: Object.fromEntries(columns.map(pairOf)) }),
    },
    every,
    ...(at !== undefined && { at }),
    resultFormat: as,
  };
  await printAnswer(context, routes.orderReconciliation, { body, idempotencyKey: randomUUID() }, reconciliationScreen);
}

function ofOne(reconcile: Command, context: Context): void {
  const one = 'id of the standing order';
  reconcile
    .command('show')
    .description('one standing order: when it runs next, and its last run')
    .argument('<order>', one)
    .addHelpText('after', examples(['hub reconcile show ID', 'what the list is only its department is shown']))
    .action((reconciliationId: string) =>
      printAnswer(context, routes.readReconciliation, { params: { reconciliationId } }, reconciliationScreen),
    );
  reconcile
    .command('runs')
    .description('the runs of a standing order: comparisons like any other')
    .argument('<order>', one)
    .addHelpText('after', examples(['hub reconcile runs ID', 'fetch a result: hub fetch DELIVERY']))
    .action((reconciliationId: string) =>
      printList(context, routes.listComparisons, { query: { reconciliationId } }, comparisonsScreen),
    );
  reconcile
    .command('end')
    .description('have it run no more')
    .argument('<order>', one)
    .addHelpText('after', examples(['hub reconcile end ID', 'what was delivered stays']))
    .action((reconciliationId: string) =>
      printAnswer(
        context,
        routes.endReconciliation,
        { params: { reconciliationId }, idempotencyKey: randomUUID() },
        reconciliationScreen,
      ),
    );
}
