import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { HubIdentity } from '../caller.ts';
import type { Endpoint } from '../endpoint.ts';
import { through } from '../middleware.ts';
import type { Answers, Hub, Shares } from '../ports.ts';
import { inTime } from './answer-in-time.ts';
import { callsCounted } from './count-calls.ts';
import { handled } from './handle.ts';
import { identified } from './identify.ts';
import { requestsLogged } from './log-requests.ts';
import { paged } from './page.ts';
import { parsed } from './parse.ts';
import { permitted } from './permit.ts';
import { problemsRendered } from './render-problems.ts';
import { repeatable } from './repeat.ts';
import { represented } from './represent.ts';
import { finding, routed } from './route.ts';

export interface ApiPorts extends Pick<Hub, 'clock' | 'log' | 'metrics'> {
  readonly answers: Answers;
  /** Of requests with an Idempotency-Key, where they say what could be guessed by trying; otherwise their SHA-256. */
  readonly digest?: ((value: unknown) => Promise<string>) | undefined;
  /** Without them, calls are not counted. */
  readonly shares?: Shares;
  readonly identity: HubIdentity;
}

/** Serves a capability's endpoints: the way of every request of the API, which is the same for all. */
export function api(endpoints: readonly Endpoint[], ports: ApiPorts) {
  const find = finding(endpoints);
  const answer = through(requestsLogged(ports)) // whatever becomes of a request, its line says
    .use(problemsRendered(find)) // refusals of all that follow
    .use(inTime)
    .use(routed(find))
    .use(identified(ports.identity)) // before anything is looked at
    .use(callsCounted(ports)) // before the role: who tries doors uses up a share of its own
    .use(permitted) // before the form: who may not call is not told how to
    .use(parsed)
    .use(repeatable(ports)) // of what was parsed: the same request may be written in many ways
    .use(represented)
    .use(paged) // within the form: an answer's cursor is its place in this list, sealed
    .handle(handled);
  return (event: APIGatewayProxyEvent, signal?: AbortSignal): Promise<APIGatewayProxyResult> =>
    answer({ event, signal });
}
