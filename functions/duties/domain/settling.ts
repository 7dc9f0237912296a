import { spanOf } from '../../../schemas/registry/deadlines.ts';
import { addDays, dayIn } from '../../kernel/time.ts';
import { isOver, otherParty, partiesOf } from '../../reading/agreement.ts';
import { dayOfLast, impartial, type AgreementCase } from './agreement-case.ts';
import { owedBy, type Claim, type Rules } from './claim.ts';
import { endingOn, termOf, type Term } from './term.ts';

/** What is owed over a dispute, and after the end. */
export const settling: Rules<'answer-dispute' | 'decide-dispute' | 'disposal-statement', AgreementCase> = {
  'answer-dispute': answerDispute,
  'decide-dispute': decideDispute,
  'disposal-statement': disposalStatement,
};

/** An end settles a dispute. */
function answerDispute(matter: AgreementCase): readonly Claim[] {
  const { agreement } = matter;
  const term = answering(matter);
  if (!term || !agreement.dispute) return [];
  const { openedBy } = agreement.dispute;
  return owedBy([otherParty(agreement, openedBy)], [openedBy], term);
}

/** The time to answer; undefined where no answer is owed. */
function answering({ agreement, timeZone }: AgreementCase): Term | undefined {
  const { dispute } = agreement;
  if (isOver(agreement) || dispute?.state !== 'open') return undefined;
  return termOf(dayIn(timeZone, dispute.openedAt), spanOf('answer-dispute'));
}

/** Without an answer in time the decision is owed all the same: silence holds nothing up. */
function decideDispute(matter: AgreementCase): readonly Claim[] {
  const { agreement } = matter;
  const since = decidableSince(matter);
  if (since === undefined) return [];
  return owedBy(impartial(matter), partiesOf(agreement), termOf(since, spanOf('decide-dispute')));
}

function decidableSince(matter: AgreementCase): string | undefined {
  const { agreement, today } = matter;
  if (isOver(agreement)) return undefined;
  if (agreement.dispute?.state === 'answered') return dayOfLast(matter, 'answer');
  const unanswered = answering(matter);
  const since = unanswered && addDays(unanswered.due, 1);
  return since !== undefined && today >= since ? since : undefined;
}

function disposalStatement({ agreement }: AgreementCase): readonly Claim[] {
  const { disposal, provider, consumer } = agreement;
  if (!disposal || disposal.statement) return [];
  return owedBy([consumer], [provider], endingOn(disposal.owedSince, disposal.due));
}
