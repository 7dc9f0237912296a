import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { done } from '../../kernel/outcome.ts';
import { seesAll } from '../../reading/oversight.ts';
import { orderShownTo } from '../domain/reconciliations/shown.ts';
import type { ReconciliationPorts } from './ports.ts';

/** A department's own; authority and auditor see all, unless they ask for what is theirs in a role. */
export const listReconciliations = ({ reconciliations }: Pick<ReconciliationPorts, 'reconciliations'>) =>
  endpoint(routes.listReconciliations, async ({ caller, query }) => {
    const { items, cursor } = await (seesAll(caller) && query.role === undefined
      ? reconciliations.listAll(query)
      : reconciliations.listOf(caller.department, query));
    return done({
      items: items.map((order) => orderShownTo(order, caller.department)),
      ...(cursor !== undefined && { cursor }),
    });
  });
