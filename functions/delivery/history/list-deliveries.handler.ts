import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { done } from '../../kernel/outcome.ts';
import { shown } from '../domain/notice.ts';
import type { Deliveries } from '../ports.ts';

/** A department's own history: what it received, or what went out of its resources. */
export const listDeliveries = ({ deliveries }: { readonly deliveries: Deliveries }) =>
  endpoint(routes.listDeliveries, async ({ caller, query }) => {
    const page = { ...query, cursor: query.cursor ?? query.after };
    const { items, cursor } = await (query.role === 'provider'
      ? deliveries.provided(caller.department, page)
      : deliveries.history(caller.department, page));
    return done({
      items: items.map((delivery) => shown(delivery, caller.department)),
      ...(cursor !== undefined && { cursor }),
    });
  });
