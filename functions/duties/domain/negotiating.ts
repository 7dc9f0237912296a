import { spanOf } from '../../../schemas/registry/deadlines.ts';
import { dayIn } from '../../kernel/time.ts';
import { onTheTable, otherParty, partiesOf } from '../../reading/agreement.ts';
import { versionOf } from '../../reading/terms.ts';
import { dayOfLast, impartial, type AgreementCase } from './agreement-case.ts';
import { owedBy, type Claim, type Rules } from './claim.ts';
import { termOf } from './term.ts';

/** What is owed until terms are in force. */
export const negotiating: Rules<'reply-to-request' | 'sign' | 'consent' | 'file', AgreementCase> = {
  'reply-to-request': replyToRequest,
  sign,
  consent,
  file,
};

/**
 * A counter-offer is a reply, and a request to the other side. The one day of unconditional sharing is for requests: a
 * consumer to whom the provider proposed, and who asked for nothing, has the longer time.
 */
function replyToRequest({ agreement, facts, timeZone }: AgreementCase): readonly Claim[] {
  const table = onTheTable(agreement);
  if (table?.state !== 'proposed') return [];
  const { proposedBy, proposedAt } = versionOf(agreement, table.termsVersion);
  const isAsked = agreement.terms.some((version) => version.proposedBy === agreement.consumer);
  const span = spanOf('reply-to-request', isAsked ? facts.shareType : 'conditional');
  const term = termOf(dayIn(timeZone, proposedAt), span);
  return owedBy([otherParty(agreement, proposedBy)], [proposedBy], term);
}

function sign(matter: AgreementCase): readonly Claim[] {
  const table = onTheTable(matter.agreement);
  const since = dayOfLast(matter, 'accept');
  if (table?.state !== 'agreed' || since === undefined) return [];
  const parties = partiesOf(matter.agreement);
  const unsigned = parties.filter((party) => !table.signatures.includes(party));
  return owedBy(unsigned, parties, termOf(since, spanOf('sign')));
}

/** Of whom is asked and has not answered: an objection is an answer. */
function consent(matter: AgreementCase): readonly Claim[] {
  const { agreement } = matter;
  const since = dayOfLast(matter, 'accept');
  const table = onTheTable(agreement);
  if (!table || table.state === 'proposed' || since === undefined) return [];
  const silent = table.consents.filter(({ state }) => state === 'asked').map(({ department }) => department);
  return owedBy(silent, partiesOf(agreement), termOf(since, spanOf('consent')));
}

/** Nobody files what it drafted, of any terms version, nor what somebody has yet to consent to. */
function file(matter: AgreementCase): readonly Claim[] {
  const { agreement } = matter;
  const table = onTheTable(agreement);
  if (table?.state !== 'signed' || table.consents.some(({ state }) => state !== 'given')) return [];
  const [since] = [dayOfLast(matter, 'sign'), ...table.consents.map(({ at }) => at && dayIn(matter.timeZone, at))]
    .flatMap((day) => day ?? [])
    .toSorted()
    .toReversed();
  if (since === undefined) return [];
  const filing = impartial(matter).filter((by) => agreement.terms.every(({ proposedBy }) => proposedBy !== by));
  return owedBy(filing, partiesOf(agreement), termOf(since, spanOf('file')));
}
