import * as z from 'zod';
import { ConditionSource, FieldLineage, InheritedTerms } from './derivations.ts';
import { InputName } from './derivation.ts';
import { AgreementId, DepartmentId, Instant, ResourceId, VersionNumber } from './ids.ts';
import { Violation } from './problem.ts';
import { ViolationCount } from './uploads.ts';

/**
 * `waiting`: an input has no dataset yet · `running` · `committed`: it made a dataset version · `unchanged`: what it made
 * is in force already, or nothing entered · `failed`: it made none, and will not before something changes · `stopped`: a
 * source is lost, and without it there is nothing to tell.
 */
export const RunState = z.enum(['waiting', 'running', 'committed', 'unchanged', 'failed', 'stopped']);
export type RunState = z.infer<typeof RunState>;

/**
 * Why there is no version: a limit of a run · a value that the statement cannot make · an input that its terms do not fit
 * any more, or that cannot be read · a statement or terms that are not allowed (any more) · records that the schema
 * refuses · a source that is lost, or that has ended for good where the owner then has the resource end, too.
 */
export const RunReason = z.enum([
  'no-dataset',
  'too-long',
  'too-large',
  'too-many-rows',
  'out-of-memory',
  'value-unfit',
  'input-unfit',
  'input-unreadable',
  'invalid-derivation',
  'rejected-records',
  'source-lost',
  'source-ended',
]);
export type RunReason = z.infer<typeof RunReason>;

/** What a run read of an input. */
export const RunInput = z.strictObject({
  resourceId: ResourceId,
  datasetVersion: VersionNumber.optional(),
  agreementId: AgreementId.optional(),
  termsVersion: VersionNumber.optional(),
  /** It was there once and is not: its agreement ended, or is suspended. */
  lost: z.literal(true).optional(),
  /** Every agreement that gave it is over. */
  ended: z.literal(true).optional(),
});
export type RunInput = z.infer<typeof RunInput>;

/** The last run of a derivation: figures and rules, never a value of a record. */
export const DerivationRun = z.strictObject({
  resourceId: ResourceId,
  resourceVersion: VersionNumber,
  state: RunState,
  startedAt: Instant,
  endedAt: Instant.optional(),
  reason: RunReason.optional(),
  /** Of `invalid-derivation`. */
  violations: z.array(Violation).optional(),
  /** Of `rejected-records`, by field and rule. */
  rejected: z.array(ViolationCount).optional(),
  /** Records of the result. */
  rows: z.int().min(0).optional(),
  datasetVersion: VersionNumber.optional(),
  /** Fields that are missing in every record, as their source is lost. */
  lost: z.array(z.string()).optional(),
  inputs: z.record(InputName, RunInput),
});
export type DerivationRun = z.infer<typeof DerivationRun>;

/**
 * Where each field of a derived resource comes from, and what it inherits of its sources as they stand. Whoever provides an
 * input, and neither the resource nor oversight, finds the fields that its own have a part in, and of these that part alone.
 */
export const ResourceLineage = z.strictObject({
  resourceId: ResourceId,
  resourceVersion: VersionNumber,
  /** By the names of the statement. */
  inputs: z.record(InputName, z.strictObject({ resourceId: ResourceId })),
  fields: z.array(z.strictObject({ ...FieldLineage.shape, inherits: InheritedTerms.omit({ field: true }).optional() })),
  records: z.array(ConditionSource),
});
export type ResourceLineage = z.infer<typeof ResourceLineage>;

export const ImpactQuery = z.strictObject({ without: AgreementId });

/** What stops where an agreement that the owner of a derived resource has is suspended or ends. */
export const ResourceImpact = z.strictObject({
  resourceId: ResourceId,
  resourceVersion: VersionNumber,
  without: AgreementId,
  outcome: z.enum(['goes-on', 'ends']),
  /**
   * `chosen`: the owner wants it whole or not at all · `records`: the input decides which records there are · `key`,
   * `required`: a field would be missing that may not be.
   */
  because: z.enum(['chosen', 'records', 'key', 'required']).optional(),
  /** Fields that nobody gets any more; where it ends, all. */
  lost: z.array(z.string()),
  /** Agreements in force that give some of them. */
  agreements: z.array(
    z.strictObject({ agreementId: AgreementId, consumer: DepartmentId, fields: z.array(z.string()) }),
  ),
  /** What was delivered of the dataset in force rests on it: nobody can fetch that any more. */
  contentStops: z.boolean(),
});
export type ResourceImpact = z.infer<typeof ResourceImpact>;
