import * as z from 'zod';
import { Agreement, AgreementSummary, TermsVersion } from '../contracts/agreements.ts';
import { AgreementId, DepartmentId, ResourceId, Sha256 } from '../contracts/ids.ts';
import { Scheme, SchemePart } from '../contracts/schemes.ts';
import { Terms } from '../contracts/terms.ts';
import { jsonText } from './json-text.ts';

export const AgreementItem = Agreement.extend({
  terms: z.array(TermsVersion.extend({ terms: jsonText(Terms) })),
  /** How many entries its history has; of one from before, all of them are in the item. */
  entries: z.int().optional(),
});

/** A resource's pointer repeats what never changes about an agreement, so that a reader can choose before it reads. */
export const AgreementPointer = z.object({
  agreementId: AgreementId,
  resourceId: ResourceId,
  provider: DepartmentId,
  consumer: DepartmentId,
});
export type AgreementPointer = z.infer<typeof AgreementPointer>;

/** A party's pointer is what its list shows, renewed by every act: a page of the list is one question. */
export const PartyPointer = z.object({ summary: AgreementSummary });

/** A scheme as stored: which agreements it is made of, and once the call was through what came of each. */
export const StoredScheme = z.strictObject({
  ...Scheme.omit({ items: true, proposedBy: true }).shape,
  /** Of one from before, whose `consumer` it is; which is written still, for a version that reads nothing else. */
  proposedBy: DepartmentId.optional(),
  consumer: DepartmentId,
  /** Digest of what was asked for: the same scheme is not begun twice with something else in it. */
  digest: Sha256,
  parts: z.array(
    z.strictObject({
      resourceId: ResourceId,
      /** Left out where it is for whoever proposed it. */
      consumer: DepartmentId.optional(),
      agreementId: AgreementId,
      refusal: SchemePart.shape.refusal,
    }),
  ),
});
export type StoredScheme = z.infer<typeof StoredScheme>;
