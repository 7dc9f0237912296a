import type { Actor, EvidenceAct } from '../../../schemas/contracts/evidence.ts';
import type { OutgoingNotice } from '../../../schemas/contracts/notices.ts';
import { pathOf, places } from '../../../schemas/contracts/routes/places.ts';
import type { ReconciliationIn, StoredReconciliation } from '../../../schemas/stored/reconciliations.ts';
import { evidenceOf } from '../../kernel/evidence.ts';
import { noticeTo } from '../../kernel/notice.ts';
import type { Hub } from '../../kernel/ports.ts';
import { orderSubject } from '../domain/reconciliations/shown.ts';

type Ports = Pick<Hub, 'clock' | 'ids'>;

export const orderProven = (ports: Ports, act: EvidenceAct, actor: Actor, order: StoredReconciliation) =>
  evidenceOf(ports, act, actor, orderSubject(order), {}, {});

/** That the hub has ended it, for its consumer. */
export const toldOfEnd = ({ clock }: Pick<Ports, 'clock'>, order: ReconciliationIn<'ended'>): OutgoingNotice => {
  const { reconciliationId, agreementId, termsVersion, resourceId, end } = order;
  return noticeTo(order.consumer, [reconciliationId], {
    type: 'reconciliation',
    event: 'ended',
    at: clock.now(),
    reconciliationId,
    agreementId,
    termsVersion,
    resourceId,
    end,
    path: pathOf(places.readReconciliation, { reconciliationId }),
  });
};
