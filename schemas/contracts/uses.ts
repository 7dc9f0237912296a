import * as z from 'zod';
import { AgreementState, Consent } from './agreements.ts';
import { Mode } from './definition.ts';
import { AgreementId, CalendarDate, DepartmentId, ResourceId, Sha256, VersionNumber } from './ids.ts';
import { PageQuery, pageOf } from './paging.ts';
import { Condition, Mask, Reshare } from './terms.ts';

/** Terms that somebody is asked about, as far as they concern its part: what a consent binds to. */
const AskedTerms = z.strictObject({
  termsDigest: Sha256,
  mode: Mode,
  purpose: z.string(),
  legalBasis: z.string(),
  validFrom: CalendarDate,
  validTo: CalendarDate,
  /** Days that the consumer may keep it. */
  retainDays: z.int().min(1),
  reshare: Reshare,
  /** Of the fields that are one's own. */
  mask: z.record(z.string(), Mask),
  filter: z.array(Condition),
  consent: Consent.omit({ department: true }),
});

/** Terms that are in force, or that both parties agree on. */
const UsingTerms = z.strictObject({
  termsVersion: VersionNumber,
  /** They are to take the place of those in force. */
  amends: z.literal(true).optional(),
  /** That are given, or by which records are found or chosen. */
  fields: z.array(z.string()),
  asked: AskedTerms.optional(),
});

/**
 * An agreement that uses fields of a derived resource. A department finds the fields that its own have a part in, and of the
 * terms only what it is asked about.
 */
export const ResourceUse = z.strictObject({
  agreementId: AgreementId,
  resourceId: ResourceId,
  provider: DepartmentId,
  consumer: DepartmentId,
  state: AgreementState,
  terms: z.array(UsingTerms),
});
export type ResourceUse = z.infer<typeof ResourceUse>;

export const UseQuery = PageQuery;
export const UseList = pageOf(ResourceUse);
