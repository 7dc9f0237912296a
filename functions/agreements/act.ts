import type { Agreement, HistoryEntry } from '../../schemas/contracts/agreements.ts';
import type { StoredAnswer } from '../../schemas/contracts/answers.ts';
import type { Evidence, EvidenceAct } from '../../schemas/contracts/evidence.ts';
import type { AgreementId } from '../../schemas/contracts/ids.ts';
import type { OutgoingNotice } from '../../schemas/contracts/messages.ts';
import { authorities } from '../../schemas/registry/authorities.ts';
import type { Caller } from '../kernel/caller.ts';
import { dayIn } from '../kernel/day.ts';
import { actorOf, evidenceOf, theHub } from '../kernel/evidence.ts';
import { Fault } from '../kernel/fault.ts';
import { noticeTo } from '../kernel/notice.ts';
import { refuse, type Outcome } from '../kernel/outcome.ts';
import { nextTick } from './domain/clock.ts';
import type { Moment } from './domain/moment.ts';
import { shownTo } from './domain/shown.ts';
import { hubItself } from './domain/standing.ts';
import { beginsToDeliver, sinceDataset } from './domain/since-dataset.ts';
import { versionOf } from './domain/terms.ts';
import type { Act, Ports } from './ports.ts';

/** Who acts on an agreement, and what a repeated call is answered; without a caller it is the hub itself. */
export interface Acting {
  readonly caller?: Caller;
  readonly answer?: (agreement: Agreement) => StoredAnswer | undefined;
}

type ActPorts = Pick<Ports, 'clock' | 'ids' | 'timeZone'>;

const evidenceActs = {
  propose: 'agreement-proposed',
  counter: 'agreement-countered',
  comment: 'agreement-commented',
  accept: 'agreement-accepted',
  approve: 'agreement-approved',
  sign: 'agreement-signed',
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
const REACTION_MS = 60_000;
const toReactTo: ReadonlySet<HistoryEntry['action']> = new Set(['file', 'suspend', 'resume', 'terminate', 'expire']);

/** The instant, and the day that it falls on where the hub is. */
export function momentOf({ clock, timeZone }: ActPorts): Moment {
  const at = clock.now();
  return { at, today: dayIn(timeZone, at) };
}

/**
 * The act that brought an agreement to what it is, to be committed as one.
 * @param before what it was; nothing where the act began it
 * @param unreacted the mark of an earlier act that nobody has reacted to yet
 */
export function actOf(
  ports: ActPorts,
  agreement: Agreement,
  acting: Acting,
  before?: Agreement,
  unreacted?: string,
): Act {
  const entries = agreement.history.slice(before?.history.length ?? 0);
  const last = entries.at(-1);
  if (!last) throw new Fault(`nothing was done to agreement ${agreement.agreementId}`);
  const mustReact = entries.some(({ action }) => toReactTo.has(action));
  return {
    agreement,
    evidence: entries.map((entry) => evidenceFor(ports, agreement, entry, acting)),
    answer: acting.answer?.(shownTo(agreement, acting.caller ?? hubItself)),
    messages: entries.flatMap((entry) => noticesOf(agreement, entry, acting)),
    nextTick: nextTick(agreement, ports.timeZone),
    lookAtDuties: last.at,
    lookAgainAt: mustReact ? new Date(Date.parse(last.at) + REACTION_MS).toISOString() : unreacted,
  };
}

function evidenceFor(
  ports: ActPorts,
  agreement: Agreement,
  { action, termsVersion, filingNumber, byOffer }: HistoryEntry,
  { caller }: Acting,
): Evidence {
  const { agreementId, resourceId, provider, consumer, demandId } = agreement;
  const terms = versionOf(agreement, termsVersion ?? agreement.termsVersion);
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
  const { agreementId, resourceId, provider, consumer, state, outdated, history } = agreement;
  const { at, by, action, termsVersion, resourceVersion } = entry;
  const told = new Set([provider, consumer, ...(toDecide.has(action) ? authorities : [])]);
  return [...told]
    .filter((party) => party !== by && party !== caller?.department)
    .map((party) =>
      noticeTo(party, [agreementId, history.indexOf(entry)], {
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
        path: `/v1/agreements/${agreementId}`,
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
  ports: ActPorts & Pick<Ports, 'inForce'> & { readonly agreements: Pick<Ports['agreements'], 'find' | 'replace'> },
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
    const act = { ...actOf(ports, agreement, acting, current.value, current.lookAgainAt), whileDataset };
    const replaced = await ports.agreements.replace(act, current.revision);
    if (replaced === 'replaced') return { ok: true, value: shownTo(agreement, acting.caller ?? hubItself) };
    if (replaced === 'changed') break;
  }
  return refuse('changed-meanwhile');
}

async function withDataset({ inForce }: Pick<Ports, 'inForce'>, before: Agreement, after: Agreement) {
  if (!beginsToDeliver(before, after)) return { agreement: after };
  const whileDataset = await inForce.datasetOf(after.resourceId);
  return { agreement: sinceDataset(before, after, whileDataset), whileDataset };
}
