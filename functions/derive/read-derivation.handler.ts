import { DerivationRun } from '../../schemas/contracts/derivation-runs.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { projected } from '../../schemas/stored/loosened.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { mayReadAll } from './domain/shown.ts';
import type { ReadPorts } from './ports.ts';

const shown = projected(DerivationRun);

export const readDerivationHandler = ({ derivations }: Pick<ReadPorts, 'derivations'>) =>
  endpoint(routes.readDerivation, async ({ caller, params }) => {
    const found = await derivations.find(params.resourceId);
    return found && mayReadAll(found, caller) ? done(shown.parse(found)) : refuse('not-found');
  });
