import { TemplateFault } from '../template/fault.ts';
import type { GatewayResponse } from './definition.ts';

/** An HTTP answer, whole. */
export interface ApiReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
}

/** Types with API Gateway's own status and words (developer guide, "Gateway response types"). */
const standing = {
  ACCESS_DENIED: 403,
  BAD_REQUEST_BODY: 400,
  EXPIRED_TOKEN: 403,
  INTEGRATION_FAILURE: 502,
  INTEGRATION_TIMEOUT: 504,
  INVALID_SIGNATURE: 403,
  MISSING_AUTHENTICATION_TOKEN: 403,
  REQUEST_TOO_LARGE: 413,
  THROTTLED: 429,
} as const;
export type GatewayResponseType = keyof typeof standing;

export interface Occasion {
  readonly requestId: string;
  readonly message: string;
}

/** Answers in the gateway's own name, by the template's gateway responses or by its defaults. */
export function gatewayReplies(
  responses: ReadonlyMap<string, GatewayResponse>,
): (type: GatewayResponseType, occasion: Occasion) => ApiReply {
  for (const [type, { template }] of responses)
    if (template !== undefined) rendered(type, template, { requestId: '', message: '' });
  return (type, occasion) => {
    const fallback = responses.get(standing[type] < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
    const own = responses.get(type);
    const { headers, template } = own ?? fallback ?? { headers: {}, template: undefined };
    return {
      // A default's status is not taken over by the types that have one of their own.
      status: own?.statusCode ?? standing[type],
      headers: { 'content-type': 'application/json', ...headers, 'x-amzn-errortype': errorType[type] },
      body: template === undefined ? JSON.stringify({ message: occasion.message }) : rendered(type, template, occasion),
    };
  };
}

const errorType: Readonly<Record<GatewayResponseType, string>> = {
  ACCESS_DENIED: 'AccessDeniedException',
  BAD_REQUEST_BODY: 'BadRequestException',
  EXPIRED_TOKEN: 'ExpiredTokenException',
  INTEGRATION_FAILURE: 'InternalServerErrorException',
  INTEGRATION_TIMEOUT: 'InternalServerErrorException',
  INVALID_SIGNATURE: 'InvalidSignatureException',
  MISSING_AUTHENTICATION_TOKEN: 'MissingAuthenticationTokenException',
  REQUEST_TOO_LARGE: 'RequestEntityTooLargeException',
  THROTTLED: 'LimitExceededException',
};

const rendered = (type: string, template: string, { requestId, message }: Occasion): string =>
  template.replace(/\$(?:context|input|util|stageVariables)(?:\.\w+)*/g, (variable) => {
    if (variable === '$context.requestId') return requestId;
    if (variable === '$context.error.message') return message;
    if (variable === '$context.error.messageString') return JSON.stringify(message);
    if (variable === '$context.error.responseType') return type;
    throw new TemplateFault(`gateway response ${type}: the local hub does not know ${variable}`);
  });
