import * as z from 'zod';
import { Sensitivity, ShareType } from './definition.ts';
import { InputName } from './derivation.ts';
import { AgreementId, CalendarDate, DepartmentId, ResourceId } from './ids.ts';
import { Condition, Mask, Reshare } from './terms.ts';
import { Line } from './text.ts';

/** A field of an input; the records as such (how many, whether there are any) where `field` is absent. */
const source = { input: InputName, field: Line.optional() };

/**
 * What becomes of a source's values, the plainest first: they stand in the result as they were · other values are made
 * of them · one value is made of those of many records · they are counted.
 */
export const How = z.enum(['copied', 'computed', 'aggregated', 'counted']);
export type How = z.infer<typeof How>;

export const ValueSource = z.strictObject({ ...source, how: How });
export type ValueSource = z.infer<typeof ValueSource>;

/**
 * What a source decides: by being there, as many records as it has · which records there are · which belong together ·
 * to which record one of another input belongs, found by its whole primary key, and nothing else · which are one · which
 * come first.
 */
export const Decision = z.enum(['presence', 'filter', 'join', 'key', 'group', 'order']);
export type Decision = z.infer<typeof Decision>;

export const ConditionSource = z.strictObject({ ...source, by: Decision });
export type ConditionSource = z.infer<typeof ConditionSource>;

export const FieldLineage = z.strictObject({
  field: Line,
  /** What its values are made of; none where they are constants. */
  from: z.array(ValueSource),
  /** What decides about its values, beside what decides about the records. */
  decidedBy: z.array(ConditionSource),
});
export type FieldLineage = z.infer<typeof FieldLineage>;

/** Where each field of a derived resource comes from. */
export const Lineage = z.strictObject({
  /** In the order of the statement. */
  fields: z.array(FieldLineage),
  /** What decides which records there are. */
  records: z.array(ConditionSource),
});
export type Lineage = z.infer<typeof Lineage>;

/** Whose term it is: that of an input's field, or of all of it. */
export const TermSource = z.strictObject({
  ...source,
  resourceId: ResourceId,
  /** Absent where the resource is the owner's own. */
  agreementId: AgreementId.optional(),
});
export type TermSource = z.infer<typeof TermSource>;

const bound = <T extends z.ZodType>(value: T) => z.strictObject({ value, of: TermSource });

/** The strictest of the terms of what a field comes from; what no source says anything of is absent. */
export const InheritedTerms = z.strictObject({
  field: Line,
  shareType: bound(ShareType).optional(),
  sensitivity: bound(Sensitivity).optional(),
  /** Of values that stand in the result as they were. */
  mask: bound(Mask).optional(),
  reshare: bound(Reshare).optional(),
  /** Days that consumers may keep it. */
  retainDays: bound(z.int().min(1)).optional(),
  /** The last day of the first agreement that ends. */
  validTo: bound(CalendarDate).optional(),
  /** Whose fields its values are made of. */
  providers: z.array(DepartmentId),
  /** Who has to consent to each agreement that gives the field, or tells something of it; absent where nobody has. */
  consent: z.array(DepartmentId).min(1).optional(),
});
export type InheritedTerms = z.infer<typeof InheritedTerms>;

/** Records that an agreement does not deliver are in no derivation of it either. */
export const InheritedFilter = z.strictObject({ of: TermSource, filter: z.array(Condition).min(1) });
export type InheritedFilter = z.infer<typeof InheritedFilter>;
