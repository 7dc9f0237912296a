import { randomUUID } from 'node:crypto';
import { Option, type Command } from 'commander';
import { DeliveryFormat, Frequency, type Agreement } from '../../../schemas/contracts/agreements.ts';
import { Content } from '../../../schemas/contracts/uploads.ts';
import type { Context } from '../context.ts';
import { wrongUsage } from '../failure.ts';
import { examples } from '../help.ts';
import { readJson } from '../json-file.ts';
import { agreementStepScreen } from '../screens/agreement-step.ts';
import { missingIn, termsOf, type TermsOptions } from '../terms.ts';

interface ProposeOptions extends TermsOptions {
  readonly terms?: string;
  readonly print?: boolean;
}

const several = (value: string, before: readonly string[] = []): string[] => [...before, value];

export function proposeCommand(agreements: Command, context: Context): void {
  agreements
    .command('propose')
    .description('ask the provider of a resource for data; it then accepts, both sign, the authority files')
    .argument('<resource>', 'id of the resource')
    .option('--terms <file>', 'terms as JSON; the options below stand in place of its entries')
    .option('--fields <names>', 'fields wanted, in this order, separated by commas')
    .option(
      '--filter <condition>',
      'rows wanted: field=value, field=a|b, field^=prefix, field>=v, field<=v; repeatable',
      several,
    )
    .option('--mask <field=mask>', 'last4, first1 or hide; repeatable', several)
    .addOption(
      new Option('--content <content>', 'the whole each time, or after it the edits (hub follow)').choices(
        Content.options,
      ),
    )
    .addOption(new Option('--format <format>', 'of the files; edits are csv or ndjson').choices(DeliveryFormat.options))
    .addOption(new Option('--frequency <frequency>', 'how often').choices(Frequency.options))
    .option('--at <HH:MM>', 'time of day for every frequency but on-arrival')
    .option('--purpose <text>', 'what the data are needed for')
    .option('--basis <text>', 'the law or duty that it rests on')
    .option('--from <date>', 'first day, YYYY-MM-DD')
    .option('--until <date>', 'last day, YYYY-MM-DD, inclusive')
    .option('--print', 'show the terms that would be proposed, and propose nothing')
    .addHelpText('after', examplesOfProposals)
    .action(async (resourceId: string, { terms: file, print, ...options }: ProposeOptions) => {
      const terms = termsOf(options, await termsFile(file));
      if (print) return context.print(terms, (shown) => JSON.stringify(shown, undefined, 2));
      const missing = missingIn(terms);
      if (missing.length > 0) throw incomplete(resourceId, missing);
      const { client } = await context.connect();
      const proposed = await client.post<Agreement>('/v1/agreements', { resourceId, terms }, randomUUID());
      context.print(proposed, agreementStepScreen);
    });
}

const examplesOfProposals = `${examples(
  ['hub agreements propose streets --terms terms.json', 'terms from a file'],
  ['hub agreements propose streets --terms old.json --until 2028-12-31', 'the same, but longer'],
  ['hub agreements propose streets --terms old.json --content changes', 'only what has changed, for hub follow'],
  ['hub agreements propose streets --terms old.json --format xlsx', 'as workbooks; parquet for analysis'],
)}
  hub agreements propose streets --fields code,name --filter provinceCode=11 \\
      --purpose 'addresses of taxpayers' --basis '政务数据共享条例 第十二条' --from 2026-12-01 --until 2027-11-30`;

async function termsFile(file: string | undefined): Promise<object> {
  if (file === undefined) return {};
  const content = await readJson(file);
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw wrongUsage(
      `${file} holds no terms.`,
      'Terms are a JSON object: hub agreements propose RESOURCE … --print shows one.',
    );
  }
  return content;
}

const incomplete = (resourceId: string, missing: readonly string[]) =>
  wrongUsage(
    `The terms are not complete: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
    `hub resources show ${resourceId} lists the fields that there are.`,
    'Give what is missing as options, or in a file with --terms: hub agreements propose --help.',
  );
