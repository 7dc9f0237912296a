import type { APIGatewayProxyResult } from 'aws-lambda';
import type { About } from '../about.ts';
import type { Middleware } from '../middleware.ts';
import type { Hub } from '../ports.ts';
import { millisecondsBetween } from '../time.ts';
import { faultProblem, problemResult } from './problem.ts';
import type { Logged, Request } from './requests.ts';

/** An answer in its form, and what the line of its request says of it. */
export interface Told {
  readonly result: APIGatewayProxyResult;
  readonly code?: string;
  readonly outcome?: 'replayed';
}

/** One line for each request, whatever became of it; a fault is told there, and answered without a word of what it was. */
export const requestsLogged =
  ({
    clock,
    log,
    metrics,
  }: Pick<Hub, 'clock' | 'log' | 'metrics'>): Middleware<Request, Logged, Told, APIGatewayProxyResult> =>
  (next) =>
  async (request) => {
    const { requestId } = request.event.requestContext;
    const began = clock.now();
    let about: About = { requestId };
    const note = (more: About) => void (about = { ...about, ...more });
    const took = () => ({ milliseconds: millisecondsBetween(began, clock.now()) });
    try {
      const { result, ...how } = await next({ ...request, note });
      const { statusCode: status } = result;
      if (how.code !== undefined && status < 500) metrics.count('ApiRefusals');
      if (how.outcome === 'replayed') metrics.count('IdempotentReplays');
      log[status < 500 ? 'info' : 'error']('answered', { ...about, ...how, status, ...took() });
      return result;
    } catch (error) {
      log.error('fault', { ...about, status: 500, ...took(), error });
      return problemResult(faultProblem(requestId));
    }
  };
