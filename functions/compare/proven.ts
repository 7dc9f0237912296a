import type { Actor, EvidenceAct } from '../../schemas/contracts/evidence.ts';
import type { DepartmentId } from '../../schemas/contracts/ids.ts';
import type { EventOf, OutgoingNotice } from '../../schemas/contracts/notices.ts';
import { pathOf, places } from '../../schemas/contracts/routes/places.ts';
import type { StoredComparison } from '../../schemas/stored/comparisons.ts';
import { evidenceOf } from '../kernel/evidence.ts';
import { noticeTo } from '../kernel/notice.ts';
import type { Hub } from '../kernel/ports.ts';
import { figuresOf, subjectOf } from './domain/proof.ts';

type Ports = Pick<Hub, 'clock' | 'ids'>;

/** The proof of what a comparison has come to: its ids, the digest of its list, counts. */
export const proven = (ports: Ports, act: EvidenceAct, actor: Actor, comparison: StoredComparison, digests = {}) =>
  evidenceOf(
    ports,
    act,
    actor,
    subjectOf(comparison),
    { list: comparison.list.sha256, ...digests },
    figuresOf(comparison),
  );

/** Told once of each event; what it came to is behind the comparison's own path. */
export function told(
  { clock }: Pick<Ports, 'clock'>,
  to: DepartmentId,
  event: EventOf<'comparison'>,
  comparison: StoredComparison,
  by?: DepartmentId,
): OutgoingNotice {
  const { comparisonId, state, agreementId, termsVersion, resourceId } = comparison;
  return noticeTo(to, [comparisonId], {
    type: 'comparison',
    event,
    at: clock.now(),
    ...(by !== undefined && { by }),
    comparisonId,
    state,
    agreementId,
    termsVersion,
    resourceId,
    path: pathOf(places.readComparison, { comparisonId }),
  });
}
