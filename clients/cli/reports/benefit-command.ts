import type { Command } from 'commander';
import type { RestsOn } from '../../../schemas/contracts/reports.ts';
import type { Body } from '../../protocol/route-types.ts';
import { routes } from '../../protocol/routes.ts';
import { printAnswer, printList } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { wrongUsage } from '../terminal/failure.ts';
import { examples } from '../terminal/help.ts';
import { commaList, whole } from '../terminal/option-values.ts';
import { benefitScreen, benefitsScreen } from './benefit-screen.ts';

interface BenefitOptions {
  readonly period?: string;
  readonly words?: string;
  readonly cases?: number;
  readonly visits?: number;
  readonly documents?: number;
  readonly amount?: number;
  readonly hours?: number;
  readonly lookups?: string[];
  readonly comparisons?: string[];
}

const figure = whole(0, Number.MAX_SAFE_INTEGER);

export function benefitCommand(program: Command, context: Context): void {
  program
    .command('benefit')
    .description('say what the data of an agreement were good for in a month; without a month, what was said')
    .argument('<agreement>', 'id of the agreement')
    .option('--period <month>', 'the month, YYYY-MM; what was said of it before is replaced')
    .option('--words <text>', 'in what way; the provider and the authority read it')
    .option('--cases <n>', 'cases solved', figure)
    .option('--visits <n>', 'visits to an office that people were spared', figure)
    .option('--documents <n>', 'certificates and copies that nobody had to bring', figure)
    .option('--amount <yuan>', 'money recovered, in yuan', figure)
    .option('--hours <n>', 'working hours saved', figure)
    .option('--lookups <ids>', 'the lookups of the month that it came of: their ids, or all', commaList)
    .option('--comparisons <ids>', 'the comparisons of the month that it came of: their ids, or all', commaList)
    .addHelpText(
      'after',
      examples(
        ["hub benefit ID --period 2026-12 --cases 117 --words 'firms found that never filed'", 'by the consumer'],
        [
          'hub benefit ID --period 2026-12 --lookups all --cases 167 --words …',
          'what the lookups of the month were good for',
        ],
        ['hub benefit ID', 'month by month'],
      ),
    )
    .action(async (agreementId: string, options: BenefitOptions) => {
      const params = { agreementId };
      if (Object.keys(options).length === 0) return printList(context, routes.listBenefits, { params }, benefitsScreen);
      const sent = { params, body: bodyOf(options) };
      await printAnswer(context, routes.stateBenefit, sent, benefitScreen);
    });
}

function bodyOf(options: BenefitOptions): Body<'stateBenefit'> {
  const { period, words, cases, visits, documents, amount, hours, lookups, comparisons } = options;
  if (period === undefined || words === undefined)
    throw wrongUsage('A statement needs a month and words.', 'Add --period YYYY-MM and --words TEXT.');
  return {
    period,
    words,
    casesSolved: cases,
    visitsSaved: visits,
    documentsSaved: documents,
    amountRecovered: amount,
    hoursSaved: hours,
    ...((lookups ?? comparisons) && {
      restsOn: {
        ...(lookups && { lookups: allOr<'lookups'>(lookups) }),
        ...(comparisons && { comparisons: allOr<'comparisons'>(comparisons) }),
      },
    }),
  };
}

/** `all`, or ids, which the hub knows or does not. */
const allOr = <Kind extends keyof RestsOn>(given: readonly string[]): NonNullable<RestsOn[Kind]> =>
  (given.join() === 'all' ? 'all' : given) as NonNullable<RestsOn[Kind]>;
