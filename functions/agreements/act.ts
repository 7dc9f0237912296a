import { placeOf, type Agreement, type HistoryEntry } from '../../schemas/contracts/agreements.ts';
import type { Evidence, EvidenceAct } from '../../schemas/contracts/evidence.ts';
import type { AgreementId } from '../../schemas/contracts/ids.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import { pathOf, places } from '../../schemas/contracts/routes/places.ts';
import { authorities } from '../../schemas/registry/authorities.ts';
import type { Reference, StoredAnswer } from '../../schemas/stored/answers.ts';
import type { Caller } from '../kernel/caller.ts';
import { actorOf, evidenceOf, theHub } from '../kernel/evidence.ts';
import { Fault } from '../kernel/fault.ts';
import { noticeTo } from '../kernel/notice.ts';
import { done, refuse, type Outcome } from '../kernel/outcome.ts';
import { dayIn, after } from '../kernel/time.ts';
import { versionOf } from '../reading/terms.ts';
import { nextTick } from './domain/clock.ts';
import type { Moment } from './domain/moment.ts';
import { negotiationOf } from './domain/negotiation.ts';
import { shownTo } from './domain/shown.ts';
import { beginsToDeliver, sinceDataset } from './domain/since-dataset.ts';
import type { Act, Found, Ports } from './ports.ts';

/** Who acts on an agreement, and how a repeated call finds it; without a caller it is the hub itself. */
export interface Acting {
  readonly caller?: Caller;
  readonly refer?: (to: Reference) => StoredAnswer | undefined;
}

type ActPorts = Pick<Ports, 'clock' | 'ids' | 'timeZone'>;

const evidenceActs = {
  propose: 'agreement-proposed',
  counter: 'agreement-countered',
  comment: 'agreement-commented',
  accept: 'agreement-accepted',
  approve: 'agreement-approved',
  sign: 'agreement-signed',
  consent: 'agreement-consented',
  object: 'agreement-objected',
  file: 'agreement-filed',
  withdraw: 'agreement-withdrawn',
  suspend: 'agreement-suspended',
  resume: 'agreement-resumed',
  terminate: 'agreement-terminated',
  expire: 'agreement-expired',
  outdate: 'agreement-outdated',
  restore: 'agreement-restored',
  dispute: 'agreement-disputed',
  answer: 'dispute-answered',
  decide: 'dispute-decided',
  dispose: 'disposal-stated',
} as const satisfies Record<HistoryEntry['action'], EvidenceAct>;

/** Where an agreement begins or ceases to deliver the delivery side must react; a sweeper looks after this long. */
const REACTION = { minutes: 1 };
const toReactTo: ReadonlySet<HistoryEntry['action']> = new Set(['file', 'suspend', 'resume', 'terminate', 'expire']);

/** The instant, and the day that it falls on where the hub is. */
export function momentOf({ clock, timeZone }: ActPorts): Moment {
  const at = clock.now();
  return { at, today: dayIn(timeZone, at) };
}

/**
 * The act that brought an agreement to what it is, to be committed as one.
 * @param moved what the act made of it
 * @param before what it was; nothing where the act began it
 */
export function actOf(ports: ActPorts, moved: Agreement, acting: Acting, before?: Found): Act {
  const agreement = { ...moved, history: placed(moved.history, before) };
  const entries = agreement.history.slice(before?.value.history.length ?? 0);
  const last = entries.at(-1);
  if (!last) throw new Fault(`nothing was done to agreement ${agreement.agreementId}`);
  const mustReact = entries.some(({ action }) => toReactTo.has(action));
  return {
    agreement,
    entries,
    evidence: entries.map((entry) => evidenceFor(ports, agreement, entry, acting)),
    answer: acting.refer?.({ agreementId: agreement.agreementId }),
    messages: entries.flatMap((entry) => [
      ...noticesOf(agreement, entry, acting),
      ...(entry.action === 'accept' ? askedNotices(agreement, entry) : []),
    ]),
    nextTick: nextTick(agreement, ports.timeZone),
    lookAtDuties: last.at,
    lookAgainAt: mustReact ? after(last.at, REACTION) : before?.lookAgainAt,
  };
}

/** What is new has its place behind all that there was, also behind what the reader of the agreement did not get. */
function placed(history: readonly HistoryEntry[], before: Found | undefined): HistoryEntry[] {
  const known = before?.value.history.length ?? 0;
  const firstNew = (before?.entries ?? 0) + 1;
  return history.map((entry, index) => ({
    ...entry,
    number: index < known ? placeOf(entry, index) : firstNew + index - known,
  }));
}

function evidenceFor(
  ports: ActPorts,
  agreement: Agreement,
  { action, termsVersion, filingNumber, byOffer }: HistoryEntry,
  { caller }: Acting,
): Evidence {
  const { agreementId, resourceId, provider, consumer, demandId } = agreement;
  const terms = versionOf(agreement, termsVersion);
  const subject = {
    agreementId,
    resourceId,
    resourceVersion: terms.resourceVersion,
    termsVersion: terms.version,
    provider,
    consumer,
    ...(demandId !== undefined && { demandId }),
    ...(filingNumber !== undefined && { filingNumber }),
  };
  // A standing offer accepts without anybody of the provider; its consumer's call must not look like the acceptance.
  const byHub = theHub(byOffer ? 'standing-offer' : 'agreements-clock');
  const actor = caller && !byOffer ? actorOf(caller) : byHub;
  return evidenceOf(ports, evidenceActs[action], actor, subject, { terms: terms.digest });
}

/** What the authority, which decides disputes, hears of as well. */
const toDecide: ReadonlySet<HistoryEntry['action']> = new Set(['dispute', 'answer']);

/** To the parties, and to whom it is to decide, but not to whoever did it or whose call brought it about. */
function noticesOf(agreement: Agreement, entry: HistoryEntry, { caller }: Acting): OutgoingNotice[] {
  const { agreementId, resourceId, provider, consumer, state, outdated } = agreement;
  const { at, by, action, termsVersion, resourceVersion, number = 1 } = entry;
  const told = new Set([provider, consumer, ...(toDecide.has(action) ? authorities : [])]);
  return [...told]
    .filter((party) => party !== by && party !== caller?.department)
    .map((party) =>
      noticeTo(party, [agreementId, number - 1], {
        type: 'agreement',
        event: action,
        at,
        ...(by !== 'hub' && { by }),
        agreementId,
        ...(termsVersion !== undefined && { termsVersion }),
        state,
        resourceId,
        ...(resourceVersion !== undefined && { resourceVersion }),
        ...(action === 'outdate' && outdated && { due: outdated.graceUntil }),
        path: pathOf(places.readAgreement, { agreementId }),
      }),
    );
}

/** To whom accepted terms are put before they can be filed: it is no party, and reads what concerns it elsewhere. */
function askedNotices(agreement: Agreement, { at, number = 1 }: HistoryEntry): OutgoingNotice[] {
  const { agreementId, resourceId, provider } = agreement;
  const { termsVersion, consents } = negotiationOf(agreement);
  return consents.map(({ department }) =>
    noticeTo(department, [agreementId, number - 1], {
      type: 'agreement',
      event: 'consent-asked',
      at,
      by: provider,
      agreementId,
      termsVersion,
      resourceId,
      path: pathOf(places.listUses, { resourceId }),
    }),
  );
}

/** Datasets come minutes apart: that several were committed within the same few calls is a fault or a test. */
const ATTEMPTS = 10;

/**
 * Loads an agreement, lets `decide` move it, and commits what came of it; `changed-meanwhile` when somebody was quicker. An
 * act that puts terms in force says which dataset was in force, and is tried again where another one came meanwhile.
 */
export async function change<Code extends string>(
  ports: ActPorts &
    Pick<Ports, 'inForce'> & { readonly agreements: Pick<Ports['agreements'], 'find' | 'replace' | 'whole'> },
  agreementId: AgreementId,
  acting: Acting,
  decide: (agreement: Agreement) => Outcome<Agreement, Code> | Promise<Outcome<Agreement, Code>>,
): Promise<Outcome<Agreement, Code | 'not-found' | 'changed-meanwhile'>> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const current = await ports.agreements.find(agreementId);
    if (!current) return refuse('not-found');
    const outcome = await decide(current.value);
    if (!outcome.ok) return outcome;
    const { agreement, whileDataset } = await withDataset(ports, current.value, outcome.value);
    const act = { ...actOf(ports, agreement, acting, current), whileDataset };
    const replaced = await ports.agreements.replace(act, current.revision);
    if (replaced === 'replaced')
      return done(acting.caller ? await wholeFor(ports.agreements, agreementId, acting.caller) : agreement);
    if (replaced === 'changed') break;
  }
  return refuse('changed-meanwhile');
}

/** An agreement that is there, with all that was said, as a caller sees it. */
async function wholeFor(
  agreements: Pick<Ports['agreements'], 'whole'>,
  id: AgreementId,
  caller: Caller,
): Promise<Agreement> {
  const agreement = await agreements.whole(id);
  if (!agreement) throw new Fault(`agreement ${id} is not there`);
  return shownTo(agreement, caller);
}

/** What a repetition of an act is answered: the agreement that it acted on, as it is by then. */
export const shownAgain =
  ({ agreements }: { readonly agreements: Pick<Ports['agreements'], 'whole'> }) =>
  async ({ caller }: { readonly caller: Caller }, { agreementId }: Reference): Promise<Outcome<Agreement, never>> =>
    done(await wholeFor(agreements, agreementId as AgreementId, caller));

async function withDataset({ inForce }: Pick<Ports, 'inForce'>, before: Agreement, after: Agreement) {
  if (!beginsToDeliver(before, after)) return { agreement: after };
  const whileDataset = await inForce.datasetOf(after.resourceId);
  return { agreement: sinceDataset(before, after, whileDataset), whileDataset };
}
