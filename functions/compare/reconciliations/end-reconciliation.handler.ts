import { routes } from '../../../schemas/contracts/routes.ts';
import { traceOf } from '../../kernel/about.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { actorOf } from '../../kernel/evidence.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { mayRead } from '../../reading/oversight.ts';
import { takenBack } from '../domain/reconciliations/end.ts';
import { orderShownTo } from '../domain/reconciliations/shown.ts';
import type { ReconciliationPorts } from './ports.ts';
import { orderProven } from './proven.ts';
import { orderShownAgain } from './shown-again.ts';

/** A run that is under way can commit no more with this; the sweeper cancels it and removes what was kept. */
export const endReconciliation = (ports: Pick<ReconciliationPorts, 'reconciliations' | 'clock' | 'ids'>) =>
  endpoint(
    routes.endReconciliation,
    async (call) => {
      const { caller, params } = call;
      const order = await ports.reconciliations.find(params.reconciliationId);
      if (!order || !mayRead(order, caller)) return refuse('not-found');
      const outcome = takenBack(order, caller.department, ports.clock.now());
      if (!outcome.ok) return outcome;
      const next = outcome.value;
      call.note(traceOf(next));
      const committed = await ports.reconciliations.replace(next, order, {
        evidence: orderProven(ports, 'reconciliation-ended', actorOf(caller), next),
        answer: call.refer({ reconciliationId: next.reconciliationId }),
      });
      return committed ? done(orderShownTo(next, caller.department)) : refuse('changed-meanwhile');
    },
    orderShownAgain(ports),
  );
