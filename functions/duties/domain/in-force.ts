import type { UpdateCycle } from '../../../schemas/contracts/definition.ts';
import type { Frequency } from '../../../schemas/contracts/terms.ts';
import { spanOf } from '../../../schemas/registry/deadlines.ts';
import { addDays, dayIn } from '../../kernel/time.ts';
import { addWorkingDays } from '../../kernel/working-days.ts';
import { isFiled, partiesOf } from '../../reading/agreement.ts';
import { deliveryTerms, termsOf } from '../../reading/terms.ts';
import { lateAfter } from '../../reading/update-cycle.ts';
import { dayOfLast, type AgreementCase } from './agreement-case.ts';
import { owedBy, type Claim, type Rules } from './claim.ts';
import { endingOn, termOf, type Term } from './term.ts';

/** What is owed once terms are agreed, and as long as they are in force. */
export const inForce: Rules<
  'first-delivery' | 'provide' | 'receive' | 'decide-comparison' | 'renewal' | 'amend-outdated',
  AgreementCase
> = {
  'first-delivery': firstDelivery,
  provide,
  receive,
  'decide-comparison': decideComparison,
  renewal,
  'amend-outdated': amendOutdated,
};

const later = (one: string, other: string): string => (one > other ? one : other);
const termsInForce = ({ agreement }: AgreementCase) => termsOf(agreement);

/** The law counts from consent: from the acceptance of the terms that were filed first, or are about to be. */
function firstDelivery(matter: AgreementCase): readonly Claim[] {
  const { agreement, facts, timeZone } = matter;
  if (!comesOfItself(matter)) return [];
  if (facts.delivered || !['agreed', 'signed', 'active'].includes(agreement.state)) return [];
  const filed = agreement.history.findIndex(({ action }) => action === 'file');
  const until = filed === -1 ? agreement.history : agreement.history.slice(0, filed);
  const consent = until.findLast(({ action }) => action === 'accept');
  if (!consent) return [];
  const { since, due, provisional } = termOf(dayIn(timeZone, consent.at), spanOf('first-delivery'));
  const term = { since, due: later(due, termsInForce(matter).validFrom), provisional };
  return owedBy([agreement.provider], [agreement.consumer], term);
}

/**
 * The first dataset is the first delivery's matter, and where nothing comes of itself has its term; from then on the next
 * one is always owed.
 */
function provide(matter: AgreementCase): readonly Claim[] {
  const { agreement, facts, timeZone, today } = matter;
  const filedOn = firstFiling(matter);
  const terms = termsInForce(matter);
  const { validFrom, validTo } = terms;
  if (agreement.state !== 'active' || filedOn === undefined) return [];
  if (today < validFrom || today > validTo) return [];
  const opened = later(filedOn, validFrom);
  const owed = (term: Term) => owedBy([agreement.provider], [agreement.consumer], term);
  if (facts.datasetAt === undefined) return comesOfItself(matter) ? [] : owed(termOf(opened, spanOf('first-delivery')));
  const since = later(opened, dayIn(timeZone, facts.datasetAt));
  const due = nextDataset(facts.updateCycle, deliveryTerms(terms)?.frequency ?? 'on-arrival', since);
  return due === undefined ? [] : owed(endingOn(since, due, true));
}

const comesOfItself = (matter: AgreementCase): boolean => deliveryTerms(termsInForce(matter)) !== undefined;

const firstFiling = ({ agreement, timeZone }: AgreementCase): string | undefined => {
  const filing = agreement.history.find(({ action }) => action === 'file');
  return filing && dayIn(timeZone, filing.at);
};

/** A frequency as the cycle of an update; what is passed on as it arrives comes as often as the resource is updated. */
const cycleOf: Readonly<Record<Frequency, UpdateCycle>> = {
  'on-arrival': 'realtime',
  hourly: 'realtime',
  daily: 'daily',
  weekly: 'weekly',
  monthly: 'monthly',
  quarterly: 'quarterly',
};

/**
 * The last day for the dataset after that of a day, as often as the resource is updated and no more often than was
 * agreed: the first working day once the cycle and its grace are over. Undefined for an irregular cycle.
 */
function nextDataset(updateCycle: UpdateCycle, frequency: Frequency, since: string): string | undefined {
  const midnight = `${since}T00:00:00.000Z`;
  const declared = lateAfter(updateCycle, midnight);
  const agreed = lateAfter(cycleOf[frequency], midnight);
  if (declared === undefined || agreed === undefined) return undefined;
  const late = later(declared, agreed).slice(0, 'YYYY-MM-DD'.length);
  return addWorkingDays(addDays(later(late, addDays(since, 1)), -1), 1);
}

function receive({ agreement, facts, timeZone }: AgreementCase): readonly Claim[] {
  const { state, provider, consumer } = agreement;
  if (state !== 'active' || facts.unreceivedSince === undefined) return [];
  return owedBy([consumer], [provider], termOf(dayIn(timeZone, facts.unreceivedSince), spanOf('receive')));
}

/** Over holidays the list expires first: a word that comes later is of no use to anybody. */
function decideComparison({ agreement, facts, timeZone }: AgreementCase): readonly Claim[] {
  const { state, provider, consumer } = agreement;
  if (state !== 'active' || !facts.listWaiting) return [];
  const { since, due, provisional } = termOf(dayIn(timeZone, facts.listWaiting.since), spanOf('decide-comparison'));
  const last = addDays(dayIn(timeZone, facts.listWaiting.until), -1);
  return owedBy([provider], [consumer], due <= last ? { since, due, provisional } : endingOn(since, last));
}

/** Terms on the table that are valid longer are what the reminder is for. */
function renewal(matter: AgreementCase): readonly Claim[] {
  const { agreement, today } = matter;
  if (!isFiled(agreement)) return [];
  const { validTo } = termsInForce(matter);
  const span = spanOf('renewal');
  const since = addDays(validTo, 'calendar' in span ? -span.calendar : 0);
  if (today < since || today > validTo || isBeingRenewed(matter)) return [];
  const parties = partiesOf(agreement);
  return owedBy(parties, parties, endingOn(since, validTo));
}

const isBeingRenewed = (matter: AgreementCase): boolean => {
  const { agreement } = matter;
  return (
    agreement.amendment !== undefined &&
    termsOf(agreement, agreement.amendment.termsVersion).validTo > termsInForce(matter).validTo
  );
};

function amendOutdated(matter: AgreementCase): readonly Claim[] {
  const { agreement } = matter;
  const since = dayOfLast(matter, 'outdate');
  if (!isFiled(agreement) || !agreement.outdated || since === undefined) return [];
  const parties = partiesOf(agreement);
  return owedBy(parties, parties, endingOn(since, agreement.outdated.graceUntil));
}
