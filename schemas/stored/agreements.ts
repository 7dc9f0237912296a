import * as z from 'zod';
import { AgreementId, ResourceId, Sha256 } from '../contracts/ids.ts';
import { Scheme, SchemePart } from '../contracts/schemes.ts';

/** A scheme as stored: which agreements it is made of, and once the call was through what came of each. */
export const StoredScheme = z.strictObject({
  ...Scheme.omit({ items: true }).shape,
  /** Digest of what was asked for: the same scheme is not begun twice with something else in it. */
  digest: Sha256,
  parts: z.array(
    z.strictObject({ resourceId: ResourceId, agreementId: AgreementId, refusal: SchemePart.shape.refusal }),
  ),
});
export type StoredScheme = z.infer<typeof StoredScheme>;
