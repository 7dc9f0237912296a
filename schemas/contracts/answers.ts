import { z } from 'zod';
import { DepartmentId } from './ids.ts';

/** Longest life of a queued message (14 days), redriven once (14 more), and a margin. */
export const ANSWER_DAYS = 30;

/** What a POST with an `Idempotency-Key` answered: stored in the transaction of its effect, so there is never one without the other. */
export const StoredAnswer = z.strictObject({
  department: DepartmentId,
  routeId: z.string(),
  /** Digest of the caller's key. */
  key: z.string(),
  /** Digest over path parameters and body: the same key with another request is refused. */
  requestDigest: z.string(),
  status: z.int(),
  body: z.string(),
  /** Seconds since 1970, as DynamoDB's TTL wants it. */
  expires: z.int(),
});
export type StoredAnswer = z.infer<typeof StoredAnswer>;
