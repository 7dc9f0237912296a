import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { findVersion } from '../../reading/terms.ts';
import { differencesOf } from '../domain/terms/differences.ts';
import { chosenTerms } from './chosen.ts';
import type { ViewPorts } from './ports.ts';

export const differencesHandler = (ports: ViewPorts) =>
  endpoint(routes.compareTerms, async ({ caller, params: { agreementId }, query: { from, to } }) => {
    const before = await chosenTerms(ports, caller, agreementId, from);
    if (!before.ok) return before;
    const after = findVersion(before.value.agreement, to);
    if (!after) return refuse('no-such-terms');
    return done({ agreementId, from, to, items: differencesOf(before.value.version, after) });
  });
