import { types } from 'node:util';
import { Fault } from './fault.ts';

/** An error as a log shows it. */
export interface Told {
  readonly name: string;
  readonly message?: string;
  /** Node's and the SDK's own codes (`ECONNRESET`). */
  readonly code?: string;
  readonly status?: number;
  readonly awsRequestId?: string;
  /** Why a transaction was cancelled, a code for each of its writes. */
  readonly cancellation?: readonly string[];
  /** Which rules a value broke, and where: not the value. */
  readonly issues?: readonly string[];
  readonly stack?: readonly string[];
  readonly cause?: Told;
}

interface ForeignError extends Error {
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
  readonly issues?: readonly { readonly code?: unknown; readonly path?: readonly PropertyKey[] }[];
}

const DEEPEST = 4;
const FRAMES = 12;
const ISSUES = 5;

/** Everything about an error that helps to mend it and cannot hold a value of a record. */
export function told(error: unknown, depth = 0): Told {
  if (!isError(error)) return { name: 'NotAnError' };
  const foreign: ForeignError = error;
  const { code, $metadata: metadata, CancellationReasons: reasons, issues } = foreign;
  return {
    name: word(error.name) ?? 'Error',
    ...((error instanceof Fault || saysNamesOnly(foreign)) && { message: error.message }),
    ...(word(code) !== undefined && { code: word(code) as string }),
    ...(metadata?.httpStatusCode !== undefined && { status: metadata.httpStatusCode }),
    ...(metadata?.requestId !== undefined && { awsRequestId: metadata.requestId }),
    ...(reasons && { cancellation: reasons.map((reason) => word(reason.Code) ?? 'None') }),
    ...(Array.isArray(issues) && { issues: issues.slice(0, ISSUES).map(issueOf) }),
    stack: framesOf(error),
    ...(error.cause !== undefined && depth < DEEPEST && { cause: told(error.cause, depth + 1) }),
  };
}

/** Also one of another realm, such as a worker's. */
const isError = (error: unknown): error is Error => error instanceof Error || types.isNativeError(error);

/** A code or a class's name: nothing that could be a sentence. */
const word = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[A-Za-z][\w.#:-]{0,80}$/.test(value) ? value : undefined;

/**
 * What services say of permissions, missing resources, keys and load is made of ARNs and names of actions
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html), and an operator needs it.
 */
const saysNamesOnly = ({ name, $metadata }: ForeignError): boolean =>
  $metadata !== undefined &&
  /^(AccessDenied|ExpiredToken|UnrecognizedClient|ResourceNotFound|NoSuchBucket|QueueDoesNotExist|KMS|Throttl|ProvisionedThroughput|RequestLimit|SlowDown)/.test(
    name,
  );

/** Zod's: `invalid_type at terms.0.fields`. */
const issueOf = ({ code, path = [] }: NonNullable<ForeignError['issues']>[number]): string =>
  `${word(code) ?? 'broken'} at ${path.map((part) => (typeof part === 'number' ? part : (word(part) ?? '?'))).join('.')}`;

/** V8's frames, without the message that precedes them: a function's name and a place in the code. */
const framesOf = ({ stack = '' }: Error): readonly string[] =>
  stack
    .split('\n')
    .filter((line) => /^ {4}at (?:[\w$.<>#[\] ]+ \()?(?:file:|node:|\/)[\w./:@%+~-]+:\d+:\d+\)?$/.test(line))
    .slice(0, FRAMES)
    .map((line) => line.trim().slice('at '.length));
