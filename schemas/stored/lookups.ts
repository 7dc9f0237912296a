import * as z from 'zod';
import { AgreementId, LookupId, ResourceId, Sha256, VersionNumber } from '../contracts/ids.ts';
import { Lookup, OfficerDay } from '../contracts/lookups.ts';

/** So long a lookup can be found: three years, as long as trails of who read what (PIPL, article 56, asks as much). */
export const LOOKUP_DAYS = 1096;

/** A key that was asked for, and whether it was answered by a record. */
export const LookedUp = z.strictObject({
  /** Keyed: without the key of the hub's HMACs nobody can try out whose it is. */
  digest: Sha256,
  found: z.boolean(),
});

export const StoredLookup = z.strictObject({
  ...Lookup.shape,
  officer: z.string(),
  caseNumber: z.string(),
  lookedUp: z.array(LookedUp).min(1),
});
export type StoredLookup = z.infer<typeof StoredLookup>;

/** Under each party; repeats what a list chooses by, so that it reads only what it shows. */
export const LookupPointer = z.object({
  lookupId: LookupId,
  role: z.enum(['consumer', 'provider']),
  agreementId: AgreementId,
  resourceId: ResourceId,
});
export type LookupPointer = z.infer<typeof LookupPointer>;

/** How many of the last keys are remembered, by digest, to know the next one as their neighbour. */
export const RECENT_KEYS = 16;

/** What an officer's next lookup of the day is judged by, and what is shown of the day. */
export const StoredOfficerDay = z.strictObject({
  ...OfficerDay.omit({ signs: true }).shape,
  officer: z.string(),
  termsVersion: VersionNumber,
  /** Misses since the last hit. */
  missRun: z.int().min(0),
  /** Digests of the last keys, without their check characters; the newest last. */
  recent: z.array(Sha256).max(RECENT_KEYS),
});
export type StoredOfficerDay = z.infer<typeof StoredOfficerDay>;
