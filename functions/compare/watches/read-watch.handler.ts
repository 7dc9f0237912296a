import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { mayRead } from '../../reading/oversight.ts';
import { watchShownTo } from '../domain/watches/shown.ts';
import type { WatchPorts } from './ports.ts';

export const readWatch = ({ watches }: Pick<WatchPorts, 'watches'>) =>
  endpoint(routes.readWatch, async ({ caller, params }) => {
    const watch = await watches.find(params.watchId);
    return watch && mayRead(watch, caller) ? done(watchShownTo(watch, caller.department)) : refuse('not-found');
  });
