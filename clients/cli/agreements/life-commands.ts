import { Option, type Command } from 'commander';
import { DisposalMethod } from '../../../schemas/contracts/agreements.ts';
import { routes, type Called } from '../../protocol/routes.ts';
import { moment } from '../../words/quantity.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { aboutOne, stepTaken } from './step.ts';

interface Reason {
  readonly reason: string;
}

interface Statement {
  readonly method: DisposalMethod;
  readonly on?: string;
  readonly words: string;
}

/** What is said and done in the life of an agreement beside its terms. */
export function lifeCommands(agreements: Command, context: Context): void {
  aboutOne(agreements, 'comment', 'say something that stands in the history for both parties and the authority')
    .argument('<text>', 'what you have to say')
    .addHelpText('after', examples(["hub agreements comment ID '请说明用途'", 'in whatever state it is']))
    .action((agreementId: string, text: string) =>
      stepTaken(context, routes.commentOnAgreement, { params: { agreementId }, body: { text } }),
    );
  withReason(aboutOne(agreements, 'withdraw', 'take an amendment off the table; the terms in force stay'))
    .addHelpText('after', examples(["hub agreements withdraw ID --reason '不再需要'", 'by either party']))
    .action(because(context, routes.withdrawAmendment));
  withReason(aboutOne(agreements, 'suspend', 'nothing is delivered and nothing can be fetched until you resume it'))
    .addHelpText('after', examples(["hub agreements suspend ID --reason '系统检修'", 'a party, or the authority']))
    .action(because(context, routes.suspendAgreement));
  withReason(
    aboutOne(agreements, 'resume', 'lift your own suspension; with the last one gone, what was missed goes out'),
  )
    .addHelpText('after', examples(["hub agreements resume ID --reason '检修结束'", 'nobody lifts another’s']))
    .action(because(context, routes.resumeAgreement));
  withReason(aboutOne(agreements, 'terminate', 'end an agreement for good; nothing more can be fetched under it'))
    .addHelpText('after', examples(["hub agreements terminate ID --reason 'the duty has ended'", 'cannot be undone']))
    .action(async (agreementId: string, reason: Reason) => {
      await context.confirm({
        en: `End agreement ${agreementId} for good?`,
        zh: `终止共享协议 ${agreementId}？终止后不可恢复。`,
      });
      await because(context, routes.terminateAgreement)(agreementId, reason);
    });
  disposeCommand(agreements, context);
}

type ReasonedStep = Called<'withdrawAmendment' | 'suspendAgreement' | 'resumeAgreement' | 'terminateAgreement'>;

const because =
  (context: Context, step: ReasonedStep) =>
  (agreementId: string, { reason }: Reason): Promise<void> =>
    stepTaken(context, step, { params: { agreementId }, body: { reason } });

const withReason = (command: Command): Command =>
  command.requiredOption('--reason <text>', 'why; both parties and the authority read it');

function disposeCommand(agreements: Command, context: Context): void {
  aboutOne(agreements, 'dispose', 'state, as the consumer of an agreement that is over, how you disposed of the data')
    .addOption(
      new Option('--method <method>', 'what was done with them').choices(DisposalMethod.options).makeOptionMandatory(),
    )
    .requiredOption('--words <text>', 'which copies, by whom')
    .option('--on <date>', 'the day, YYYY-MM-DD (default: today)')
    .addHelpText(
      'after',
      examples(["hub agreements dispose ID --method deleted --words '数据库及备份均已删除'", 'once, and it stays']),
    )
    .action(async (agreementId: string, { method, words, on }: Statement) => {
      const today = moment(new Date().toISOString()).slice(0, 'YYYY-MM-DD'.length);
      const body = { method, words, disposedOn: on ?? today };
      await context.confirm({
        en: `State that the data of agreement ${agreementId} are ${method}? A statement stays.`,
        zh: `声明共享协议 ${agreementId} 的数据已处置（${method}）？声明后不可更改。`,
      });
      await stepTaken(context, routes.stateDisposal, { params: { agreementId }, body });
    });
}
