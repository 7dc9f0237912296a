import * as z from 'zod';
import { DepartmentId } from '../contracts/ids.ts';

/** Longest life of a queued message (14 days), redriven once (14 more), and a margin. */
export const ANSWER_DAYS = 30;

/** Where that is which a call had an effect on: ids and numbers alone. */
export const Reference = z.record(z.string(), z.union([z.string(), z.number()]));
export type Reference = z.infer<typeof Reference>;

/** What a POST with an `Idempotency-Key` answered: stored in the transaction of its effect, so there is never one without the other. */
export const StoredAnswer = z.strictObject({
  department: DepartmentId,
  routeId: z.string(),
  /** Digest of the caller's key. */
  key: z.string(),
  /** Digest over path parameters and body: the same key with another request is refused. */
  requestDigest: z.string(),
  status: z.int(),
  /** The answer itself, where it holds ids, states and figures alone. */
  body: z.string().optional(),
  /**
   * Otherwise what it is made of anew: values of records, words and secrets stand once, with the effect, and an answer can be
   * larger than an item.
   */
  refersTo: Reference.optional(),
  /** Seconds since 1970, as DynamoDB's TTL wants it. */
  expires: z.int(),
});
export type StoredAnswer = z.infer<typeof StoredAnswer>;
