import * as z from 'zod';
import { AgreementId, DepartmentId, ResourceId, VersionNumber } from './ids.ts';

/**
 * What can differ between two versions of a definition. A kind says what happened, never whether that is bad:
 * `schemas/registry/compatibility-policy.json` says so.
 */
export const ChangeKind = z.enum([
  'field-added',
  'field-required-added',
  'field-removed',
  'field-renamed',
  'type-widened',
  'type-narrowed',
  'type-changed',
  'format-changed',
  'missing-values-changed',
  'reference-changed',
  'constraint-tightened',
  'constraint-loosened',
  'warning-tightened',
  'enum-value-added',
  'enum-value-removed',
  'check-added',
  'check-removed',
  'severity-raised',
  'severity-lowered',
  'sensitivity-raised',
  'sensitivity-lowered',
  'share-type-changed',
  'share-refused',
  'share-condition-changed',
  'key-changed',
  'unique-key-added',
  'unique-key-removed',
  'mode-added',
  'mode-removed',
  'update-cycle-slowed',
  'update-cycle-quickened',
  'tolerance-changed',
  'drift-changed',
  'derivation-statement-changed',
  'derivation-input-added',
  'derivation-input-removed',
  'derivation-entering-changed',
  'derivation-changed',
  'title-changed',
  'description-changed',
  'entry-changed',
]);
export type ChangeKind = z.infer<typeof ChangeKind>;

/** From the least to the most serious. notify: nothing breaks, and those whom it concerns should know. */
export const Verdict = z.enum(['compatible', 'notify', 'breaking']);
export type Verdict = z.infer<typeof Verdict>;

/**
 * The part of some terms that a change must touch to concern their agreement.
 * used-fields: delivered, filtered or masked · delivered-fields · open-fields: delivered without mask and justification ·
 * filter-fields · key-of-changes: the primary key, where the terms ask for `changes` or lookups · mode: the one they name · all: any
 * terms.
 */
export const TermsPart = z.enum([
  'used-fields',
  'delivered-fields',
  'open-fields',
  'filter-fields',
  'key-of-changes',
  'mode',
  'all',
]);
export type TermsPart = z.infer<typeof TermsPart>;

/** How one kind of change is judged. */
export const PolicyRule = z.strictObject({
  /** What it is, in words for people. */
  title: z.string().min(1),
  titleEn: z.string().min(1),
  /** Files that the provider makes as before. */
  files: Verdict,
  /** Whatever any consumer gets from the resource. */
  extracts: Verdict,
  /** Agreements whose terms name this part. */
  terms: z.strictObject({ touching: TermsPart, verdict: Verdict }),
  /** Why it is judged like this. */
  reason: z.string().min(1),
});
export type PolicyRule = z.infer<typeof PolicyRule>;

/** A rule for each kind, none left out. */
export const CompatibilityPolicy = z.record(ChangeKind, PolicyRule);
export type CompatibilityPolicy = z.infer<typeof CompatibilityPolicy>;

export const Change = z.strictObject({
  kind: ChangeKind,
  /** RFC 6901, in the new definition: where it is, or where what is gone would be. */
  path: z.string(),
  /** Names of the fields that it is about, as the earlier version calls them; of none where it is about the whole. */
  fields: z.array(z.string()),
  /** What was there, where something was. */
  old: z.unknown().optional(),
  /** What is there now, where something is. */
  new: z.unknown().optional(),
});
export type Change = z.infer<typeof Change>;

export const JudgedChange = z.strictObject({
  ...Change.shape,
  message: z.string(),
  files: Verdict,
  extracts: Verdict,
});
export type JudgedChange = z.infer<typeof JudgedChange>;

/** What a new version means to some terms of one agreement; in comparison with the version that these terms speak of. */
export const AgreementImpact = z.strictObject({
  agreementId: AgreementId,
  consumer: DepartmentId,
  termsVersion: VersionNumber,
  /** The resource version that these terms speak of. */
  resourceVersion: VersionNumber,
  /** false: under negotiation. */
  inForce: z.boolean(),
  verdict: Verdict,
  /** Fields of these terms that are lost or altered; where all that is touched is something else, none. */
  fields: z.array(z.string()),
  kinds: z.array(ChangeKind),
});
export type AgreementImpact = z.infer<typeof AgreementImpact>;

/** A definition against the newest version of its resource. */
export const Comparison = z.strictObject({
  resourceId: ResourceId,
  /** The newest version, which `changes` start from. */
  resourceVersion: VersionNumber,
  /** The most serious of all below. */
  verdict: Verdict,
  changes: z.array(JudgedChange),
  /** Agreements, in force or under negotiation, that it concerns and no earlier version already did in the same way. */
  agreements: z.array(AgreementImpact),
});
export type Comparison = z.infer<typeof Comparison>;
