import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { mayRead } from '../reading/oversight.ts';
import type { Ports } from './ports.ts';

/** Everything that was done and said, page by page, for those who may read the agreement. */
export const readHistoryHandler = ({ agreements }: Ports) =>
  endpoint(routes.readHistory, async ({ params, query, caller }) => {
    const current = await agreements.find(params.agreementId);
    if (!current || !mayRead(current.value, caller)) return refuse('not-found');
    const { items, ...more } = await agreements.history(params.agreementId, query);
    return done({ items: [...items], ...more });
  });
