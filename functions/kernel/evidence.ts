import type { Actor, Evidence, EvidenceAct } from '../../schemas/contracts/evidence.ts';
import type { EvidenceId } from '../../schemas/contracts/ids.ts';
import type { Caller } from './caller.ts';
import type { Hub } from './ports.ts';

/** Who acts where no person does: a verdict of `check`, a release. */
export const theHub = (session: string): Actor => ({ department: 'hub', session });

export const actorOf = (caller: Caller): Actor => ({ department: caller.department, session: caller.session });

/** One evidence item, to be committed in the transaction of the act itself. */
export const evidenceOf = (
  { clock, ids }: Pick<Hub, 'clock' | 'ids'>,
  act: EvidenceAct,
  actor: Actor,
  subject: Evidence['subject'],
  digests: Evidence['digests'] = {},
  figures?: Evidence['figures'],
): Evidence => ({
  evidenceId: ids.next() as EvidenceId,
  at: clock.now(),
  act,
  actor,
  subject,
  digests,
  ...(figures && { figures }),
});
