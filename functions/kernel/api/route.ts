import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Endpoint } from '../endpoint.ts';
import type { Middleware } from '../middleware.ts';
import { refuse } from '../outcome.ts';
import type { Answer, Logged, Routed } from './requests.ts';

export type FindEndpoint = (event: Pick<APIGatewayProxyEvent, 'httpMethod' | 'resource'>) => Endpoint | undefined;

/** API Gateway has matched the path already: what it sends names the route. */
export function finding(endpoints: readonly Endpoint[]): FindEndpoint {
  const byRoute = new Map(endpoints.map((entry) => [`${entry.route.method} ${entry.route.path}`, entry]));
  return ({ httpMethod, resource }) => byRoute.get(`${httpMethod} ${resource}`);
}

/** Only what this function serves. */
export const routed =
  (find: FindEndpoint): Middleware<Logged, Routed, Answer> =>
  (next) =>
  async (request) => {
    const endpoint = find(request.event);
    if (!endpoint) return refuse('no-such-route');
    request.note({ route: endpoint.route.id });
    return next({ ...request, endpoint });
  };
