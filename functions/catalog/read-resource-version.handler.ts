import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { shownTo } from './domain/shown.ts';
import type { Ports } from './ports.ts';

export const readResourceVersionHandler = ({ resources }: Ports) =>
  endpoint(routes.readResourceVersion, async ({ caller, params }) => {
    const version = await resources.version(params.resourceId, params.version);
    return version ? done(shownTo(caller, version)) : refuse('not-found');
  });
