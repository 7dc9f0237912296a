import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { shownCorrection } from './correction-act.ts';
import { isParty } from '../domain/corrections.ts';
import type { Corrections } from '../ports.ts';

/** For the consumer that reported it and the provider. */
export const readCorrection = ({ corrections }: { readonly corrections: Corrections }) =>
  endpoint(routes.readCorrection, async ({ caller, params }) => {
    const found = await corrections.find(params.correctionId);
    return found && isParty(found.value, caller.department) ? done(shownCorrection(found.value)) : refuse('not-found');
  });
