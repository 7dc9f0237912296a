import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { roleIn } from '../domain/access.ts';
import { shown } from '../domain/notice.ts';
import type { Deliveries } from '../ports.ts';

/** For consumer and provider, in every state: a planned delivery shows that it is on its way. */
export const readDelivery = ({ deliveries }: { readonly deliveries: Deliveries }) =>
  endpoint(routes.readDelivery, async ({ caller, params }) => {
    const delivery = await deliveries.find(params.deliveryId);
    return delivery && roleIn(delivery, caller.department)
      ? done(shown(delivery, caller.department))
      : refuse('not-found');
  });
