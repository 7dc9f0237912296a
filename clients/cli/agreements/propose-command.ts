import type { Command } from 'commander';
import { routes } from '../../protocol/routes.ts';
import { printAgreement } from './step.ts';
import { readDocument } from './terms/terms-file.ts';
import { withTermsOptions } from './terms/terms-options.ts';
import type { Context } from '../terminal/context.ts';
import { wrongUsage } from '../terminal/failure.ts';
import { examples } from '../terminal/help.ts';
import { stepScreen } from './step-screen.ts';
import { missingIn, termsOf, type TermsOptions } from './terms/terms.ts';

interface ProposeOptions extends TermsOptions {
  readonly terms?: string;
  readonly to?: string;
  readonly demand?: string;
  readonly print?: boolean;
}

export function proposeCommand(agreements: Command, context: Context): void {
  withTermsOptions(
    agreements
      .command('propose')
      .description(
        'ask the provider of a resource for data, or offer your own; the other party accepts, both sign, the authority files',
      )
      .argument('<resource>', 'id of the resource'),
  )
    .option('--to <department>', 'the consumer, where the resource is your own')
    .option('--demand <demand>', 'the demand of the consumer that it is to satisfy')
    .option('--print', 'show the terms that would be proposed, and propose nothing')
    .addHelpText('after', examplesOfProposals)
    .action(async (resourceId: string, { terms: file, to, demand, print, ...options }: ProposeOptions) => {
      const terms = termsOf(options, file === undefined ? {} : await readDocument(file, 'terms'));
      if (print) return context.document(terms);
      const missing = missingIn(terms);
      if (missing.length > 0) throw incomplete(resourceId, missing);
      const { client } = await context.connect();
      const sent = { body: { resourceId, consumer: to, terms, demandId: demand } };
      const proposed = await client.call(routes.proposeAgreement, sent);
      await printAgreement(context, client, proposed, stepScreen);
    });
}

const examplesOfProposals = `${examples(
  ['hub agreements propose streets --terms terms.yaml', 'terms from a file, JSON or YAML'],
  ['hub agreements propose streets --terms old.json --until 2028-12-31', 'the same, but longer'],
  ['hub agreements propose streets --terms old.json --content changes', 'only what has changed, for hub follow'],
  ['hub agreements propose streets --terms old.json --format xlsx', 'as workbooks; parquet for analysis'],
  ['hub agreements propose streets --terms old.json --to tax', 'your own streets, to the department tax'],
  ['hub agreements propose population --mode lookup --key id_no …', 'one record at a time, for a reason'],
  ['hub agreements propose population --mode comparison --kinds verify …', 'lists of yours, compared by the hub'],
)}
  hub agreements propose streets --fields code,name --filter provinceCode=11 \\
      --purpose 'addresses of taxpayers' --basis '政务数据共享条例 第十二条' --from 2026-12-01 --until 2027-11-30`;

const incomplete = (resourceId: string, missing: readonly string[]) =>
  wrongUsage(
    `The terms are not complete: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
    `hub resources show ${resourceId} lists the fields that there are.`,
    'Give what is missing as options, or in a file with --terms: hub agreements propose --help.',
  );
