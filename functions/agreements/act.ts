import type { Agreement, HistoryEntry } from '../../schemas/contracts/agreements.ts';
import type { StoredAnswer } from '../../schemas/contracts/answers.ts';
import type { EvidenceAct } from '../../schemas/contracts/evidence.ts';
import type { AgreementId } from '../../schemas/contracts/ids.ts';
import type { Caller } from '../kernel/caller.ts';
import { actorOf, evidenceOf } from '../kernel/evidence.ts';
import { Fault } from '../kernel/fault.ts';
import { refuse, type Outcome } from '../kernel/outcome.ts';
import type { Act, Ports } from './ports.ts';

/** What every call that acts on an agreement brings along. */
interface Acting {
  readonly caller: Caller;
  readonly answer: (agreement: Agreement) => StoredAnswer | undefined;
}

const evidenceActs = {
  propose: 'agreement-proposed',
  accept: 'agreement-accepted',
  sign: 'agreement-signed',
  file: 'agreement-filed',
  terminate: 'agreement-terminated',
} as const satisfies Record<HistoryEntry['action'], EvidenceAct>;

/** Once an agreement begins or ceases to be active the delivery side must react; a sweeper looks after this long. */
const REACTION_MS = 60_000;
const toReactTo: ReadonlySet<HistoryEntry['action']> = new Set(['file', 'terminate']);

/** The act that brought an agreement to what it is, to be committed as one. */
export function actOf(ports: Ports, agreement: Agreement, { caller, answer }: Acting): Act {
  const last = agreement.history.at(-1);
  if (!last) throw new Fault(`agreement ${agreement.agreementId} has no history`);
  const { agreementId, resourceId, resourceVersion, termsVersion, termsDigest } = agreement;
  const subject = {
    agreementId,
    resourceId,
    resourceVersion,
    termsVersion,
    ...(last.filingNumber !== undefined && { filingNumber: last.filingNumber }),
  };
  return {
    agreement,
    evidence: evidenceOf(ports, evidenceActs[last.action], actorOf(caller), subject, { terms: termsDigest }),
    answer: answer(agreement),
    ...(toReactTo.has(last.action) && { lookAgainAt: new Date(Date.parse(last.at) + REACTION_MS).toISOString() }),
  };
}

/** Loads an agreement, lets `decide` move it, and commits what came of it; `changed-meanwhile` when somebody was quicker. */
export async function change<Code extends string>(
  ports: Ports,
  agreementId: AgreementId,
  acting: Acting,
  decide: (agreement: Agreement) => Outcome<Agreement, Code>,
): Promise<Outcome<Agreement, Code | 'not-found' | 'changed-meanwhile'>> {
  const current = await ports.agreements.find(agreementId);
  if (!current) return refuse('not-found');
  const outcome = decide(current.value);
  if (!outcome.ok) return outcome;
  const committed = await ports.agreements.replace(actOf(ports, outcome.value, acting), current.revision);
  return committed ? outcome : refuse('changed-meanwhile');
}
