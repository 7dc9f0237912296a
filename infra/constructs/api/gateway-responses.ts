import { refusalTexts, type RefusalCode } from '../../../schemas/words/refusals.ts';

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
const notJson: Answer = {
  status: 415,
  code: 'not-json',
  title: 'Not JSON',
  detail: 'The body of a request is JSON: send content-type: application/json.',
};
const filtered: Answer = {
  status: 403,
  code: 'filtered',
  title: 'Filtered',
  detail:
    'The firewall before the hub refused the request, by its address, its pace or something in it; nothing of it was read. Wait five minutes and try again; if it persists, report request $context.requestId.',
};
const throttled = refusal('throttled', 429);
const malformed = refusal('malformed', 400, 'The request cannot be read. Compare it with the OpenAPI document.');
const fault = (status: number): Answer => ({
  status,
  code: 'fault',
  title: 'Fault',
  detail:
    'Something failed in the hub. Try again with the same Idempotency-Key; if it persists, report request $context.requestId.',
});

/**
 * Every type that there is: one that is left out has the status and the words of its default, which would call a
 * refusal of the firewall malformed
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html).
 */
const answers: Readonly<Record<string, Answer>> = {
  DEFAULT_4XX: malformed,
  BAD_REQUEST_BODY: malformed,
  BAD_REQUEST_PARAMETERS: malformed,
  ACCESS_DENIED: refusal('role-not-permitted', 403),
  EXPIRED_TOKEN: unsigned,
  INVALID_API_KEY: unsigned,
  INVALID_SIGNATURE: unsigned,
  MISSING_AUTHENTICATION_TOKEN: unsignedOrNoRoute,
  UNAUTHORIZED: unsigned,
  WAF_FILTERED: filtered,
  RESOURCE_NOT_FOUND: refusal('no-such-route', 404),
  REQUEST_TOO_LARGE: tooLarge,
  UNSUPPORTED_MEDIA_TYPE: notJson,
  QUOTA_EXCEEDED: throttled,
  THROTTLED: throttled,
  DEFAULT_5XX: fault(500),
  API_CONFIGURATION_ERROR: fault(500),
  AUTHORIZER_CONFIGURATION_ERROR: fault(500),
  AUTHORIZER_FAILURE: fault(500),
  INTEGRATION_FAILURE: fault(502),
  INTEGRATION_TIMEOUT: fault(504),
};

const rendered = ({ status, code, title, detail }: Answer) => ({
  statusCode: String(status),
  responseParameters: {
    'gatewayresponse.header.Content-Type': "'application/problem+json'",
    // RFC 9110, section 10.2.3.
    ...(status === 429 && { 'gatewayresponse.header.Retry-After': "'1'" }),
  },
  responseTemplates: {
    'application/json': JSON.stringify({ type: `urn:exchange-hub:problem:${code}`, title, status, code, detail }),
  },
});

/** What the gateway says where no function is reached, as problem details (RFC 9457). */
export const gatewayResponses = Object.fromEntries(
  Object.entries(answers).map(([type, answer]) => [type, rendered(answer)]),
);
