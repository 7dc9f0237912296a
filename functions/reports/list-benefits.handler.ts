import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { mayRead } from '../reading/oversight.ts';
import type { Ports } from './ports.ts';
import { shown } from './state-benefit.handler.ts';

export const listBenefitsHandler = ({ agreements, benefits }: Ports) =>
  endpoint(routes.listBenefits, async ({ params, query, caller }) => {
    const agreement = await agreements.find(params.agreementId);
    if (!agreement || !mayRead(agreement, caller)) return refuse('not-found');
    const { items, ...more } = await benefits.ofAgreement(params.agreementId, query);
    return done({ items: items.map(shown), ...more });
  });
