import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { mayRead } from '../../reading/oversight.ts';
import { orderShownTo } from '../domain/reconciliations/shown.ts';
import type { ReconciliationPorts } from './ports.ts';

export const readReconciliation = ({ reconciliations }: Pick<ReconciliationPorts, 'reconciliations'>) =>
  endpoint(routes.readReconciliation, async ({ caller, params }) => {
    const order = await reconciliations.find(params.reconciliationId);
    return order && mayRead(order, caller) ? done(orderShownTo(order, caller.department)) : refuse('not-found');
  });
