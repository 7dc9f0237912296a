import type { IncomingMessage } from 'node:http';
import type { Access } from '../access/access.ts';
import type { Principal } from '../aws/contracts.ts';
import { verifySigV4, type SigV4Code } from '../aws/sigv4/verify.ts';
import type { HubClock } from '../clock.ts';
import { headersOf } from '../headers.ts';
import type { InvocationResult } from '../runtime/messages.ts';
import type { FunctionPool } from '../runtime/pool.ts';
import { arnOf, type World } from '../template/world.ts';
import { CONTROL_PREFIX, controlReply } from './control.ts';
import type { ApiDefinition } from './definition.ts';
import { gatewayReplies, type ApiReply, type GatewayResponseType, type Occasion } from './gateway-reply.ts';
import { replyOf } from './integration.ts';
import { proxyEvent } from './proxy-event.ts';
import { routerOf, type Routed } from './routing.ts';

export interface GatewayOptions {
  readonly definition: ApiDefinition;
  readonly id: string;
  readonly stage: string;
  readonly world: World;
  readonly clock: HubClock;
  readonly byAccessKey: (id: string) => Principal | undefined;
  readonly access: Pick<Access, 'authorize'>;
  readonly poolOf: (functionArn: string) => FunctionPool;
}

interface ApiRequest {
  readonly request: IncomingMessage;
  readonly method: string;
  /** As on the request line; `path` and `query` are its parts. */
  readonly url: string;
  readonly path: string;
  readonly query: string;
  readonly body: Buffer;
  readonly requestId: string;
}

export interface Gateway {
  answer(request: ApiRequest): Promise<ApiReply>;
  refuse(type: GatewayResponseType, occasion: Occasion): ApiReply;
}

/** Of a REST API (API Gateway developer guide, "Quotas"). */
const INTEGRATION_MS = 29_000;
/** A busy machine says so rather than run a call whose caller has gone. */
const WAIT_MS = 20_000;

type Refused = readonly [GatewayResponseType, string];

/** Signature, route, permission, function: in this order, as a REST API with IAM authorization does. */
export function gatewayOf(options: GatewayOptions): Gateway {
  const { clock, definition, poolOf, id, stage } = options;
  const route = routerOf(definition.routes);
  const refuse = gatewayReplies(definition.gatewayResponses);

  const proxied = async (request: ApiRequest, routed: Routed, principal: Principal): Promise<ApiReply | Refused> => {
    const event = proxyEvent({ ...request, at: clock.now() }, routed, principal, { id, stage });
    const invoked = await within(INTEGRATION_MS, poolOf(routed.route.functionArn).invoke(event, { waitMs: WAIT_MS }));
    if (invoked === 'timeout') return ['INTEGRATION_TIMEOUT', 'Endpoint request timed out'];
    return replyOf(invoked) ?? failureOf(invoked);
  };

  const answer = async (request: ApiRequest): Promise<ApiReply | Refused> => {
    const verified = signatureOf(request, options);
    if (!verified.ok) return signatureRefusal(verified.code, verified.message);
    const routed = route(request.method, request.path);
    if (!routed) return ['MISSING_AUTHENTICATION_TOKEN', 'Missing Authentication Token'];
    return permission(request, verified.principal, options) ?? proxied(request, routed, verified.principal);
  };

  return {
    refuse,
    answer: async (request) => {
      if (request.path.startsWith(CONTROL_PREFIX)) return controlReply(clock, controlRequest(request));
      const reply = await answer(request);
      return 'status' in reply ? reply : refuse(reply[0], { requestId: request.requestId, message: reply[1] });
    },
  };
}

const signatureOf = ({ method, url, request, body }: ApiRequest, { byAccessKey, world, clock }: GatewayOptions) =>
  verifySigV4({ method, url, headers: headersOf(request), body }, byAccessKey, {
    service: 'execute-api',
    region: world.region,
    clock: () => clock.now(),
    before: () => clock.before(),
  });

function permission(
  { method, path }: ApiRequest,
  principal: Principal,
  { world, id, stage, access }: GatewayOptions,
): Refused | undefined {
  const action = 'execute-api:Invoke';
  const resource = arnOf(world, 'execute-api', `${id}/${stage}/${method}${path}`);
  const verdict = access.authorize({ principal, action, resource });
  if (verdict.allowed) return undefined;
  return [
    'ACCESS_DENIED',
    `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} because ${verdict.why}`,
  ];
}

function signatureRefusal(code: SigV4Code, message: string): Refused {
  if (code === 'MissingAuthenticationToken') return ['MISSING_AUTHENTICATION_TOKEN', 'Missing Authentication Token'];
  return [code === 'RequestTimeTooSkewed' || code === 'AccessDenied' ? 'EXPIRED_TOKEN' : 'INVALID_SIGNATURE', message];
}

function failureOf(invoked: InvocationResult): Refused {
  const errorType = invoked.ok ? undefined : invoked.error.errorType;
  if (errorType === 'RequestTooLargeException') return ['REQUEST_TOO_LARGE', 'Request Too Long'];
  if (errorType === 'TooManyRequestsException') return ['THROTTLED', 'Too Many Requests'];
  return ['INTEGRATION_FAILURE', 'Internal server error'];
}

const controlRequest = ({ method, path, request, body }: ApiRequest) => ({
  method,
  path,
  host: request.headers.host ?? '',
  contentType: request.headers['content-type'] ?? '',
  body: body.toString('utf8'),
});

async function within(ms: number, invocation: Promise<InvocationResult>): Promise<InvocationResult | 'timeout'> {
  const late = Promise.withResolvers<'timeout'>();
  const timer = setTimeout(() => late.resolve('timeout'), ms);
  const outcome = await Promise.race([invocation, late.promise]);
  clearTimeout(timer);
  return outcome;
}
