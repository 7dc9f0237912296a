import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done } from '../kernel/outcome.ts';
import { seesAll } from '../reading/oversight.ts';
import type { Ports } from './ports.ts';

export const listHandler = ({ agreements }: Ports) =>
  endpoint(routes.listAgreements, async ({ query, caller }) => {
    const { items, ...more } = await (seesAll(caller)
      ? agreements.listAll(query)
      : agreements.listOf(caller.department, query));
    return done({ items: [...items], ...more });
  });
