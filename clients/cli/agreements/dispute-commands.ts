import type { Command } from 'commander';
import { routes, type Called } from '../../protocol/routes.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { aboutOne, stepTaken } from './step.ts';

interface Said {
  readonly words: string;
}

type DisputeStep = Called<'openDispute' | 'answerDispute' | 'decideDispute'>;

/** A party opens, the other answers, the authority decides; all of it stands in the history. */
export function disputeCommands(agreements: Command, context: Context): void {
  const dispute = agreements
    .command('dispute')
    .description('open a dispute, answer it as the other party, decide it as the authority')
    .addHelpText(
      'after',
      examples(
        ["hub agreements dispute open ID --words '两个月没有交付'", 'either party, until the agreement is over'],
        ["hub agreements dispute answer ID --words '系统改造，下月恢复'", 'the other party'],
        ["hub agreements dispute decide ID --words '限五个工作日内恢复交付'", 'the authority, also without an answer'],
      ),
    );
  const said = (name: string, does: string, step: DisputeStep) =>
    aboutOne(dispute, name, does)
      .requiredOption('--words <text>', 'what is said; both parties and the authority read it')
      .action((agreementId: string, { words }: Said) =>
        stepTaken(context, step, { params: { agreementId }, body: { reason: words } }),
      );
  said('open', 'say that the agreement is not kept, or not to be had', routes.openDispute);
  said('answer', 'answer it, as the party that did not open it', routes.answerDispute);
  said('decide', 'decide it, as the authority; what follows is done by steps of their own', routes.decideDispute);
}
