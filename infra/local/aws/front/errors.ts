import type { SigV4Outcome } from '../sigv4/verify.ts';
import { s3Error } from '../s3/service.ts';
import type { Service } from './identify.ts';
import { AwsRefusal } from './refusal.ts';
import type { Reply } from './reply.ts';
import { tag } from './xml.ts';

/** Coral's names and statuses, which the JSON protocols use, of signature refusals. */
const JSON_CODES: Readonly<Record<string, readonly [number, string]>> = {
  MissingAuthenticationToken: [403, 'MissingAuthenticationTokenException'],
  IncompleteSignature: [403, 'IncompleteSignatureException'],
  InvalidClientTokenId: [403, 'UnrecognizedClientException'],
  InvalidToken: [403, 'UnrecognizedClientException'],
  SignatureDoesNotMatch: [403, 'InvalidSignatureException'],
  RequestTimeTooSkewed: [403, 'RequestTimeTooSkewed'],
  AccessDenied: [403, 'AccessDeniedException'],
};

/** S3 User Guide, "List of error codes": an anonymous request is AccessDenied, a malformed header 400. */
const S3_CODES: Readonly<Record<string, readonly [number, string]>> = {
  MissingAuthenticationToken: [403, 'AccessDenied'],
  IncompleteSignature: [400, 'AuthorizationHeaderMalformed'],
  InvalidToken: [400, 'InvalidToken'],
};

export function signatureRefusal(service: Service, outcome: SigV4Outcome & { ok: false }): AwsRefusal {
  const names = service === 's3' ? S3_CODES : service === 'sts' ? {} : JSON_CODES;
  const [status, code] = names[outcome.code] ?? [403, outcome.code];
  return new AwsRefusal(status, code, outcome.message);
}

/** The error in the words of the service's protocol. A fault tells nothing of its cause. */
export function errorReply(service: Service, error: unknown, method: string, path: string): Reply {
  const fault = service === 's3' || service === 'sts' ? 'InternalError' : 'InternalServerError';
  const refusal =
    error instanceof AwsRefusal
      ? error
      : new AwsRefusal(500, fault, 'We encountered an internal error. Please try again.');
  if (service === 's3') return s3Error(refusal, method, path);
  return service === 'sts' ? queryError(refusal) : jsonError(service, refusal);
}

const NAMESPACES = {
  dynamodb: 'com.amazonaws.dynamodb.v20120810',
  sqs: 'com.amazonaws.sqs',
  kms: 'com.amazonaws.trent',
  athena: 'com.amazonaws.athena',
} as const;

function jsonError(service: keyof typeof NAMESPACES, { status, code, message, more }: AwsRefusal): Reply {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: `${NAMESPACES[service]}#${code}`, message, ...more }),
  };
}

function queryError({ status, code, message }: AwsRefusal): Reply {
  const error = `<Error><Type>Sender</Type>${tag('Code', code)}${tag('Message', message)}</Error>`;
  return {
    status,
    headers: { 'content-type': 'text/xml' },
    body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${error}<RequestId>local</RequestId></ErrorResponse>`,
  };
}
