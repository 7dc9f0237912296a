import { Option, type Command } from 'commander';
import { CorrectionDecision, CorrectionReason, CorrectionState } from '../../../schemas/contracts/corrections.ts';
import type { Body } from '../../protocol/route-types.ts';
import { routes } from '../../protocol/routes.ts';
import { printAnswer, printList } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { cellOf, several, whole } from '../terminal/option-values.ts';
import { correctionScreen, correctionsScreen } from './corrections-screen.ts';
import { readDocument } from './terms/terms-file.ts';

interface ListOptions {
  readonly role?: 'consumer' | 'provider';
  readonly state?: CorrectionState;
}

interface ReportOptions {
  readonly report?: string;
  readonly key?: readonly string[];
  readonly line?: number;
  readonly field?: string;
  readonly reason?: string;
  readonly proposed?: string;
  readonly words?: string;
}

/** Errors in delivered data: the consumer reports, the provider answers, the next data close it. */
export function correctionsCommands(program: Command, context: Context): void {
  const corrections = program
    .command('corrections')
    .description('errors in delivered data: list them; report, show or answer one')
    .addOption(new Option('--role <role>', 'reported by you, or about your data').choices(['consumer', 'provider']))
    .addOption(new Option('--state <state>', 'in this state').choices(CorrectionState.options))
    .addHelpText(
      'after',
      examples(
        ['hub corrections --role provider --state open', 'what you have to answer'],
        ['hub corrections report DELIVERY …', 'say that something delivered is wrong (see its own --help)'],
        ["hub corrections answer ID --decision will-correct --words '已核实'", 'the next data then close it'],
      ),
    )
    .action(({ role, state }: ListOptions) =>
      printList(context, routes.listCorrections, { query: { role, state } }, correctionsScreen),
    );
  corrections
    .command('show')
    .description('one correction: what is said to be wrong, and what the provider answered')
    .argument('<correction>', 'id of the correction')
    .addHelpText('after', examples(['hub corrections show ID', 'for the two departments alone']))
    .action((correctionId: string) =>
      printAnswer(context, routes.readCorrection, { params: { correctionId } }, correctionScreen),
    );
  reportCommand(corrections, context);
  answerCommand(corrections, context);
}

type Report = Body<'reportCorrection'>;

function reportCommand(corrections: Command, context: Context): void {
  corrections
    .command('report')
    .description('report an error in a delivery of yours: which row, which field, and why')
    .argument('<delivery>', 'id of the delivery')
    .option(
      '--report <file>',
      'all of it as JSON or YAML (- is standard input): a key stays out of the shell’s history',
    )
    .option('--key <field=value>', 'the row by its primary key; repeatable', several)
    .option(
      '--line <number>',
      'the row by its line in the file, where the key is masked or not delivered',
      whole(1, 1e9),
    )
    .option('--field <field>', 'what is wrong there')
    .addOption(new Option('--reason <reason>', 'what is wrong with it').choices(CorrectionReason.options))
    .option('--proposed <value>', 'what it should say')
    .option('--words <text>', 'how you know')
    .addHelpText(
      'after',
      examples(
        ["hub corrections report ID --key code=1101 --field name --reason wrong --words '门牌已更换'", 'by its key'],
        ["hub corrections report ID --line 17 --field phone --reason outdated --words '空号'", 'by its line'],
        ['hub corrections report ID --report - < error.json', 'from a program'],
      ),
    )
    .action(async (deliveryId: string, { report: file, ...options }: ReportOptions) => {
      const body = { ...(file === undefined ? {} : await readDocument(file, 'report')), ...reported(options) };
      const sent = { params: { deliveryId }, body: body as Report };
      await printAnswer(context, routes.reportCorrection, sent, correctionScreen);
    });
}

const reported = ({ key, line, field, reason, proposed, words }: Omit<ReportOptions, 'report'>): object => ({
  ...(key !== undefined && { key: Object.fromEntries(key.map(cellOf)) }),
  ...(line !== undefined && { line }),
  ...(field !== undefined && { field }),
  ...(reason !== undefined && { reason }),
  ...(proposed !== undefined && { proposed }),
  ...(words !== undefined && { words }),
});

type Answer = Body<'answerCorrection'>;

function answerCommand(corrections: Command, context: Context): void {
  corrections
    .command('answer')
    .description('answer what was reported about your data, once')
    .argument('<correction>', 'id of the correction')
    .addOption(
      new Option('--decision <decision>', 'what you will do').choices(CorrectionDecision.options).makeOptionMandatory(),
    )
    .requiredOption('--words <text>', 'why')
    .addHelpText(
      'after',
      examples(["hub corrections answer ID --decision not-an-error --words '登记如此'", 'the consumer is told']),
    )
    .action(async (correctionId: string, body: Answer) => {
      const sent = { params: { correctionId }, body };
      await printAnswer(context, routes.answerCorrection, sent, correctionScreen);
    });
}
