import * as z from 'zod';
import { LANGUAGES } from '../words/language.ts';
import { Sensitivity } from './definition.ts';
import { AgreementId, DepartmentId, Instant, ResourceId, Sha256, VersionNumber } from './ids.ts';
import { Numeral, PageQuery, pageOf } from './paging.ts';
import { Mask, Terms } from './terms.ts';

const VersionInQuery = Numeral.pipe(VersionNumber);

export const DifferencesQuery = z.strictObject({
  from: VersionInQuery,
  to: VersionInQuery,
  format: z.enum(['csv']).optional(),
});

/** `reordered`: the same members in another order. Of several things at once each is told. */
export const DifferenceKind = z.enum(['added', 'removed', 'changed', 'reordered']);
export type DifferenceKind = z.infer<typeof DifferenceKind>;

/**
 * One difference between two terms versions. `path` is an RFC 6901 pointer into the newer one, of what was removed into the
 * older one: `/terms/mask/phone`, `/terms/filter/0`, `/resourceVersion`.
 */
export const Difference = z.strictObject({
  path: z.string(),
  kind: DifferenceKind,
  from: z.unknown().optional(),
  to: z.unknown().optional(),
});
export type Difference = z.infer<typeof Difference>;

export const Differences = z.strictObject({
  agreementId: AgreementId,
  from: VersionNumber,
  to: VersionNumber,
  items: z.array(Difference),
});
export type Differences = z.infer<typeof Differences>;

const TextLanguage = z.enum(LANGUAGES);

export const TextQuery = z.strictObject({
  /** Of the terms; those in force, or on the table, where it is left out. */
  version: VersionInQuery.optional(),
  language: TextLanguage.default('zh'),
  format: z.enum(['html']).optional(),
});

/** What one term, or one fact about the agreement, means; `path` is where it stands in the data (RFC 6901). */
export const Sentence = z.strictObject({ path: z.string(), text: z.string() });
export type Sentence = z.infer<typeof Sentence>;

export const TextSection = z.strictObject({
  id: z.enum(['parties', 'data', 'rows', 'delivery', 'basis', 'validity', 'duties', 'standing', 'next']),
  heading: z.string(),
  sentences: z.array(Sentence),
});
export type TextSection = z.infer<typeof TextSection>;

export const AgreementText = z.strictObject({
  agreementId: AgreementId,
  termsVersion: VersionNumber,
  termsDigest: Sha256,
  language: TextLanguage,
  title: z.string(),
  sections: z.array(TextSection),
  /** The same as a page for printing, with `format=html`. */
  html: z.string().optional(),
});
export type AgreementText = z.infer<typeof AgreementText>;

export const TermsVersionQuery = z.strictObject({ version: VersionInQuery.optional() });

/** A rule of ODRL 2.2: who may, must or must not do what, under which constraints. */
const OdrlRule = z.looseObject({ action: z.string() });

/** JSON-LD of an `odrl:Agreement` (https://www.w3.org/TR/odrl-model/), with the hub's profile for rows, fields and masks. */
export const OdrlAgreement = z.strictObject({
  '@context': z.array(z.union([z.string(), z.record(z.string(), z.string())])),
  '@type': z.literal('Agreement'),
  uid: z.string(),
  profile: z.string(),
  assigner: z.string(),
  assignee: z.string(),
  permission: z.array(OdrlRule),
  prohibition: z.array(OdrlRule),
  obligation: z.array(OdrlRule),
});
export type OdrlAgreement = z.infer<typeof OdrlAgreement>;

/** What some terms cover of the dataset in force. */
export const Preview = z.strictObject({
  agreementId: AgreementId,
  termsVersion: VersionNumber,
  datasetVersion: VersionNumber,
  /** Records that fulfil the conditions; where not `exact`, of the part that was read. */
  rows: z.int().min(0),
  /** False where the dataset was too large to read to its end. */
  exact: z.boolean(),
  fields: z.array(
    z.strictObject({
      name: z.string(),
      title: z.string().optional(),
      sensitivity: Sensitivity,
      /** What will be done to its values. */
      mask: Mask.optional(),
    }),
  ),
  /** The first records, with the masks of the terms, and hidden beyond that where they are not public; null: missing. */
  sample: z.array(z.record(z.string(), z.string().nullable())).max(5),
});
export type Preview = z.infer<typeof Preview>;

export const PrecedentQuery = z.strictObject({ ...PageQuery.shape, format: z.enum(['csv']).optional() });

/** Terms in force between the provider and some consumer: what the next one can be given too. */
export const Precedent = z.strictObject({
  agreementId: AgreementId,
  resourceId: ResourceId,
  consumer: DepartmentId,
  resourceVersion: VersionNumber,
  termsVersion: VersionNumber,
  filedAt: Instant,
  terms: Terms,
});
export type Precedent = z.infer<typeof Precedent>;
export const PrecedentList = pageOf(Precedent);
