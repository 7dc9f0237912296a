import { Option, type Command } from 'commander';
import { ComparisonState } from '../../../schemas/contracts/comparisons.ts';
import { ComparisonKind, DeliveryFormat } from '../../../schemas/contracts/terms.ts';
import { Encoding, UploadFormat } from '../../../schemas/contracts/uploads.ts';
import { routes } from '../../protocol/routes.ts';
import { printAnswer, printList } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { several } from '../terminal/option-values.ts';
import { anyFile } from '../upload/file-words.ts';
import { compare } from './compare-command.ts';
import type { CompareOptions } from './compare-options.ts';
import { comparisonScreen, comparisonsScreen } from './comparisons-screen.ts';

interface ListOptions {
  readonly role?: 'consumer' | 'provider';
  readonly state?: ComparisonState;
  readonly agreement?: string;
}

/** `hub compare`, `hub comparisons`: a list of one's own, and a resource that nobody gets a copy of. */
export function compareCommands(program: Command, context: Context): void {
  compareCommand(program, context);
  const comparisons = program
    .command('comparisons')
    .description('comparisons with lists: list them; show, approve, decline or cancel one')
    .addOption(new Option('--role <role>', 'run by you, or with your data').choices(['consumer', 'provider']))
    .addOption(new Option('--state <state>', 'in this state').choices(ComparisonState.options))
    .option('--agreement <id>', 'under one agreement')
    .addHelpText(
      'after',
      examples(
        ['hub comparisons --role provider', 'what was compared with your data, for what, with how many hits'],
        ['hub comparisons --state awaiting-approval', 'what waits for a decision'],
        ['hub comparisons approve ID', 'let one be run'],
      ),
    )
    .action(({ role, state, agreement: agreementId }: ListOptions) =>
      printList(context, routes.listComparisons, { query: { role, state, agreementId } }, comparisonsScreen),
    );
  comparisons
    .command('show')
    .description('one comparison: how far it is, what it came to')
    .argument('<comparison>', 'id of the comparison')
    .addHelpText('after', examples(['hub comparisons show ID', 'the list is shown to its department alone']))
    .action((comparisonId: string) =>
      printAnswer(context, routes.readComparison, { params: { comparisonId } }, comparisonScreen),
    );
  decisions(comparisons, context);
}

function compareCommand(program: Command, context: Context): void {
  program
    .command('compare')
    .description('compare a list with a resource, under an agreement, and fetch the result')
    .argument('<file>', anyFile())
    .requiredOption('--agreement <id>', 'an agreement of mode comparison')
    .addOption(
      new Option('--kind <kind>', 'what is asked: one of the kinds agreed')
        .choices(ComparisonKind.options)
        .makeOptionMandatory(),
    )
    .option('--blind', 'send keyed digests in the place of the list (intersect and except, by the key alone)')
    .option('--columns <field=column>', 'what the list calls a field; repeatable', several)
    .addOption(new Option('--format <format>', 'auto finds it out').choices(UploadFormat.options).default('auto'))
    .option('--sheet <name>', 'of a workbook: the sheet with the list (default: the first that is shown)')
    .addOption(
      new Option('--encoding <name>', 'what CSV or NDJSON is written in').choices(Encoding.options).default('utf-8'),
    )
    .addOption(new Option('--as <format>', 'of the result (default: that of the list)').choices(DeliveryFormat.options))
    .option('-o, --output <file>', 'file or folder of the result (default: RESOURCE-COMPARISON.FORMAT here)')
    .option('--no-wait', 'leave when the list is sent')
    .addHelpText(
      'after',
      examples(
        ['hub compare applicants.csv --agreement ID --kind verify', 'row by row: match, mismatch, absent'],
        ['hub compare firms.xlsx --agreement ID --kind missing --columns org_code=机构代码', 'what the list lacks'],
        [
          'hub compare staff.csv --agreement ID --kind intersect --blind',
          'the hub keeps nothing that says who is on it',
        ],
        ['hub comparisons', 'what became of it'],
      ),
    )
    .action((file: string, options: CompareOptions) => compare(context, file, options));
}

function decisions(comparisons: Command, context: Context): void {
  const decide = (decision: 'approve' | 'decline', reason?: string) => async (comparisonId: string) => {
    const body = { decision, ...(reason !== undefined && { reason }) };
    const sent = { params: { comparisonId }, body };
    await printAnswer(context, routes.decideComparison, sent, comparisonScreen);
  };
  comparisons
    .command('approve')
    .description('let a comparison with your data be run')
    .argument('<comparison>', 'id of the comparison')
    .addHelpText('after', examples(['hub comparisons approve ID', 'where its terms ask for your approval']))
    .action(async (comparisonId: string) => {
      await context.confirm({ en: `Let comparison ${comparisonId} be run?`, zh: `批准比对 ${comparisonId}？` });
      await decide('approve')(comparisonId);
    });
  comparisons
    .command('decline')
    .description('do not let a comparison with your data be run')
    .argument('<comparison>', 'id of the comparison')
    .option('--reason <text>', 'told to its department')
    .addHelpText('after', examples(["hub comparisons decline ID --reason '无对应案件'", 'its list is removed']))
    .action((comparisonId: string, { reason }: { readonly reason?: string }) =>
      decide('decline', reason)(comparisonId),
    );
  comparisons
    .command('cancel')
    .description('take a comparison of yours back, as long as it has no result')
    .argument('<comparison>', 'id of the comparison')
    .addHelpText('after', examples(['hub comparisons cancel ID', 'its list is removed']))
    .action((comparisonId: string) =>
      printAnswer(context, routes.cancelComparison, { params: { comparisonId } }, comparisonScreen),
    );
}
