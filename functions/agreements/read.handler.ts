import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { mayRead } from '../reading/oversight.ts';
import { shownTo } from './domain/shown.ts';
import type { Ports } from './ports.ts';

export const readHandler = ({ agreements }: Ports) =>
  endpoint(routes.readAgreement, async ({ params, caller }) => {
    const current = await agreements.whole(params.agreementId);
    return current && mayRead(current, caller) ? done(shownTo(current, caller)) : refuse('not-found');
  });
