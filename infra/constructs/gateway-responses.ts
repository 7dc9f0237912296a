import { refusalTexts, type RefusalCode } from '../../schemas/contracts/refusals.ts';

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

const refusal = (code: RefusalCode, status: number, detail: string = refusalTexts[code].detail): Answer => ({
  status,
  code,
  title: refusalTexts[code].title,
  detail,
});

const unsigned = refusal('unsigned', 403);

/** API Gateway answers this also for a method and path that it does not have. */
const unsignedOrNoRoute = refusal(
  'unsigned',
  403,
  `${unsigned.detail} If it is signed: ${refusalTexts['no-such-route'].detail}`,
);

/** Only the gateway can answer these: no handler has been reached. */
const tooLarge: Answer = {
  status: 413,
  code: 'too-large',
  title: 'Too large',
  detail: 'A request body has at most 10 MB; files go to the presigned URLs of an upload.',
};
const throttled: Answer = {
  status: 429,
  code: 'throttled',
  title: 'Too many requests',
  detail: 'Wait a moment and repeat the call, with growing pauses.',
};
const fault = (status: number): Answer => ({
  status,
  code: 'fault',
  title: 'Fault',
  detail:
    'Something failed in the hub. Try again with the same Idempotency-Key; if it persists, report request $context.requestId.',
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
const answers: Readonly<Record<string, Answer>> = {
  DEFAULT_4XX: refusal('malformed', 400, 'The request cannot be read. Compare it with the OpenAPI document.'),
  DEFAULT_5XX: fault(500),
  ACCESS_DENIED: refusal('role-not-permitted', 403),
  EXPIRED_TOKEN: unsigned,
  INVALID_SIGNATURE: unsigned,
  MISSING_AUTHENTICATION_TOKEN: unsignedOrNoRoute,
  UNAUTHORIZED: unsigned,
  RESOURCE_NOT_FOUND: refusal('no-such-route', 404),
  REQUEST_TOO_LARGE: tooLarge,
  THROTTLED: throttled,
  INTEGRATION_FAILURE: fault(502),
  INTEGRATION_TIMEOUT: fault(504),
};

const rendered = ({ status, code, title, detail }: Answer) => ({
  statusCode: String(status),
  responseParameters: { 'gatewayresponse.header.Content-Type': "'application/problem+json'" },
  responseTemplates: {
    'application/json': JSON.stringify({ type: `urn:exchange-hub:problem:${code}`, title, status, code, detail }),
  },
});

/** What the gateway says where no function is reached, as problem details (RFC 9457). */
export const gatewayResponses = Object.fromEntries(
  Object.entries(answers).map(([type, answer]) => [type, rendered(answer)]),
);
