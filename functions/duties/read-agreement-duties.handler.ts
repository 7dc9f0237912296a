import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { mayRead } from '../reading/oversight.ts';
import { owedUnder } from './owed-now.ts';
import type { Ports } from './ports.ts';

/** As of this moment, whatever the last look wrote down. */
export const readAgreementDutiesHandler = (ports: Ports) =>
  endpoint(routes.readAgreementDuties, async ({ params, caller }) => {
    const agreement = await ports.facts.agreement(params.agreementId);
    if (!agreement || !mayRead(agreement, caller)) return refuse('not-found');
    const looked = await ports.owings.find(params);
    const { duties } = await owedUnder(ports, agreement, looked?.value.receivedUpTo ?? 0);
    return done({ items: [...duties] });
  });
