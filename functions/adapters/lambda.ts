import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import httpSecurityHeaders from '@middy/http-security-headers';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Hub, Log, Metrics } from '../kernel/ports.ts';
import { systemClock, ulids } from './clock.ts';
import { env } from './env.ts';
import { nearEnd } from './lambda/near-end.ts';
import { ownPolicy } from './lambda/own-policy.ts';
import { inOwnWords } from './lambda/own-words.ts';
import { metricsPublished } from './lambda/publish-metrics.ts';
import { powertoolsLog } from './log.ts';
import { embeddedMetrics } from './metrics.ts';

/** What a function of the hub sees and says of itself. */
interface Observed {
  readonly logger: Logger;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly publish: () => void;
}

/** A function's handler as middy calls it; `signal` is aborted shortly before Lambda ends the function. */
type Handle<Event, Result> = (event: Event, signal?: AbortSignal) => Promise<Result>;

/** Log, metrics and frame of one Lambda function, by the name under which its lines and figures are found. */
export function hubFunction(service: string) {
  const observed: Observed = { ...powertoolsLog(service), ...embeddedMetrics(service) };
  const { log, metrics } = observed;
  return {
    hub: { clock: systemClock, ids: ulids, log, metrics, timeZone: env('HUB_TIME_ZONE') } satisfies Hub,
    /** For whatever queues, streams, rules and schedules send. */
    worker: <Event, Result>(handle: (event: Event) => Promise<Result>) => framed(observed, inOwnWords(log, handle)),
    /** For the API: with the security headers that browsers act on. */
    apiFunction: (handle: Handle<APIGatewayProxyEvent, APIGatewayProxyResult>) =>
      framed(observed, handle).use(ownPolicy).use(httpSecurityHeaders()),
  };
}

function framed<Event, Result>({ logger, log, publish }: Observed, handle: Handle<Event, Result>) {
  const tell = () => {
    log.error('out of time');
    publish();
  };
  return (
    middy(
      (event: Event, _context: Context, { signal }: { readonly signal: AbortSignal }) => handle(event, signal),
      nearEnd(tell),
    )
      // Never the event, whatever the environment says (POWERTOOLS_LOGGER_LOG_EVENT): it may hold what people sent.
      .use(injectLambdaContext(logger, { logEvent: false }))
      .use(metricsPublished(publish))
  );
}
