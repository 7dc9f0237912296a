import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { done } from '../../kernel/outcome.ts';
import { odrlOf } from '../domain/terms/odrl.ts';
import { chosenTerms } from './chosen.ts';
import type { ViewPorts } from './ports.ts';

export const odrlHandler = (ports: ViewPorts) =>
  endpoint(routes.readOdrl, async ({ caller, params, query: { version } }) => {
    const chosen = await chosenTerms(ports, caller, params.agreementId, version);
    return chosen.ok ? done(odrlOf(chosen.value.agreement, chosen.value.version)) : chosen;
  });
