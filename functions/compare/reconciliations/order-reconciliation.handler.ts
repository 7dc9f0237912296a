import type { ReconciliationId } from '../../../schemas/contracts/ids.ts';
import { routes } from '../../../schemas/contracts/routes.ts';
import type { ReconciliationIn } from '../../../schemas/stored/reconciliations.ts';
import { traceOf } from '../../kernel/about.ts';
import { endpoint, type Call } from '../../kernel/endpoint.ts';
import { actorOf } from '../../kernel/evidence.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { dayIn } from '../../kernel/time.ts';
import { ofMode, usedUnder } from '../../reading/used-under.ts';
import { listResourceProblems, ordered, repetitionProblems } from '../domain/reconciliations/order.ts';
import { orderShownTo } from '../domain/reconciliations/shown.ts';
import type { ReconciliationPorts } from './ports.ts';
import { orderProven } from './proven.ts';
import { orderShownAgain } from './shown-again.ts';

type Ports = Pick<ReconciliationPorts, 'facts' | 'reconciliations' | 'clock' | 'ids' | 'timeZone'>;

/** The first run begins with the sweeper's next minute. */
export const orderReconciliation = (ports: Ports) =>
  endpoint(
    routes.orderReconciliation,
    async (call) => {
      const { caller, body } = call;
      const at = ports.clock.now();
      const found = (await ports.facts.agreement(body.agreementId))?.value;
      const used = usedUnder(found, caller, dayIn(ports.timeZone, at), ofMode('comparison'));
      if (!used.ok) return used;
      const { agreement, terms, resourceVersion } = used.value;
      const { schema } = await ports.facts.definition(agreement.resourceId, resourceVersion);
      const violations = [
        ...repetitionProblems(body, terms, schema),
        ...listResourceProblems(body, terms, await ports.facts.resource(body.list.resourceId), caller.department),
      ];
      if (violations.length > 0) return refuse('invalid-reconciliation', { violations });
      const reconciliationId = ports.ids.next() as ReconciliationId;
      const order = ordered(body, agreement, terms, { reconciliationId, session: caller.session, at });
      call.note(traceOf(order));
      return commit(ports, call, order);
    },
    orderShownAgain(ports),
  );

async function commit(ports: Ports, call: Call<typeof routes.orderReconciliation>, order: ReconciliationIn<'active'>) {
  const { caller } = call;
  const outcome = await ports.reconciliations.order(order, {
    evidence: orderProven(ports, 'reconciliation-ordered', actorOf(caller), order),
    answer: call.refer({ reconciliationId: order.reconciliationId }),
  });
  if (outcome === 'ordered') return done(orderShownTo(order, caller.department));
  if (outcome === 'answered') return refuse('changed-meanwhile');
  return outcome === 'too-many' ? refuse('too-many-reconciliations') : refuse('agreement-not-active');
}
