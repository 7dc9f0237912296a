import { setTimeout as delay } from 'node:timers/promises';
import { NotInTime } from '../../../kernel/fault.ts';

/**
 * What passes by itself when a write meets others, of a request and as a reason of a cancelled transaction
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html,
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html).
 */
const PASSING: ReadonlySet<string> = new Set([
  'TransactionConflictException',
  'TransactionInProgressException',
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'ThrottlingError',
  'RequestLimitExceeded',
]);
const PASSING_REASONS: ReadonlySet<string> = new Set([
  'TransactionConflict',
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
]);

interface AwsError {
  readonly name: string;
  readonly code?: string;
  readonly $fault?: 'client' | 'server';
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}

/** Whether nothing was written, and the same write may well succeed in a moment. */
export function isContention(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, CancellationReasons } = error as AwsError;
  if (name !== 'TransactionCanceledException') return PASSING.has(name);
  const reasons = (CancellationReasons ?? []).flatMap(({ Code = 'None' }) => (Code === 'None' ? [] : [Code]));
  return reasons.every((reason) => PASSING_REASONS.has(reason));
}

/** Names that were not found for now, and ways that lead nowhere, beside connections that broke. */
const UNREACHED = /^E(CONN|PIPE|TIMEDOUT|AI_AGAIN|HOSTUNREACH|NETUNREACH)/;

/** Whether nobody knows what became of the request: no answer in time, a broken connection, a fault of the service. */
export function isUnanswered(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof NotInTime) return isUnanswered(error.cause);
  const { name, code = '', $fault } = error as AwsError;
  return name === 'TimeoutError' || $fault === 'server' || UNREACHED.test(code);
}

/** What the last try of an insisting caller met, as what it is to whoever asked for it. */
export const outOfPatience = (error: unknown): unknown =>
  isContention(error) || isUnanswered(error)
    ? new NotInTime('a write met others, or had no answer, for too long', { cause: error })
    : error;

/** Time as an insisting caller sees it; tests have their own. */
export interface Patience {
  readonly milliseconds: number;
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

/**
 * Beyond what the SDK tries by itself, and well within the 25 s of a function of the API
 * (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/).
 */
const patience: Patience = { milliseconds: 8_000, now: () => performance.now(), pause: (ms) => delay(ms) };

/** Steps aside, so that those who met do not meet again: who decides anew on what others changed meanwhile does so a little later. */
export const stepAside = (longestMs: number): Promise<void> => delay(Math.random() * longestMs);

const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Tries again what passes by itself, with pauses that double and are chosen at random below that ("full jitter"), for as
 * long as there is patience; then the last error is thrown.
 */
export async function insisting<T>(
  attempt: () => Promise<T>,
  passes: (error: unknown) => boolean = isContention,
  { milliseconds, now, pause }: Patience = patience,
): Promise<T> {
  const end = now() + milliseconds;
  for (let longest = FIRST_PAUSE_MS; ; longest = Math.min(LONGEST_PAUSE_MS, longest * 2)) {
    try {
      return await attempt();
    } catch (error) {
      const wait = Math.random() * longest;
      if (!passes(error) || now() + wait >= end) throw error;
      await pause(wait);
    }
  }
}
