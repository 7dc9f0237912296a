import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { Logger } from '@aws-lambda-powertools/logger';
import middy, { type MiddlewareObj } from '@middy/core';
import httpSecurityHeaders from '@middy/http-security-headers';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { Fault } from '../kernel/fault.ts';
import type { Log, Metrics } from '../kernel/ports.ts';
import { powertoolsLog } from './log.ts';
import { embeddedMetrics } from './metrics.ts';

/** What a function of the hub sees and says of itself. */
interface Observed {
  readonly logger: Logger;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly publish: () => void;
}

/** Log, metrics and frame of one Lambda function, by the name under which its lines and figures are found. */
export function hubFunction(service: string) {
  const observed: Observed = { ...powertoolsLog(service), ...embeddedMetrics(service) };
  const { log, metrics } = observed;
  return {
    log,
    metrics,
    /** For whatever queues, streams, rules and schedules send. */
    worker: <Event, Result>(handle: (event: Event) => Promise<Result>) => framed(observed, safely(log, handle)),
    /** For the API: with the security headers that browsers act on. */
    apiFunction: (handle: (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>) =>
      framed(observed, handle).use(ownPolicy).use(httpSecurityHeaders()),
  };
}

const framed = <Event, Result>({ logger, publish }: Observed, handle: (event: Event) => Promise<Result>) =>
  middy((event: Event, _context: Context) => handle(event))
    // Never the event, whatever the environment says (POWERTOOLS_LOGGER_LOG_EVENT): it may hold what people sent.
    .use(injectLambdaContext(logger, { logEvent: false }))
    .use(publishing(publish));

/** The policy of a page is its own; the one that suits answers that are no pages would leave it without its style. */
const ownPolicy: MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> = {
  // Runs after the security headers are there: what was used last comes first afterwards.
  after: ({ response }) => {
    const { 'content-security-policy': own, ...headers } = response?.headers ?? {};
    if (response && own !== undefined) response.headers = { ...headers, 'Content-Security-Policy': own };
  },
};

/** Also after a fault: what was counted before it happened. */
const publishing = (publish: () => void): MiddlewareObj => ({ after: publish, onError: publish });

/**
 * What a handler throws makes Lambda try again; the runtime logs it whole, and destinations store it, so it leaves here
 * in our own words only.
 */
const safely =
  <Event, Result>(log: Log, handle: (event: Event) => Promise<Result>) =>
  async (event: Event): Promise<Result> => {
    try {
      return await handle(event);
    } catch (error) {
      log.error('invocation failed', { error });
      throw new Fault(error instanceof Fault ? error.message : 'the invocation failed; its log says why');
    }
  };
