import * as z from 'zod';
import { Derivation } from './derivation.ts';
import { DepartmentId, ResourceId } from './ids.ts';
import { Line, Paragraph } from './text.ts';

/**
 * A resource definition: catalog metadata around a Frictionless Table Schema v2
 * (https://datapackage.org/standard/table-schema/) with the extensions `check` and `sensitivity`.
 * This file says what shape a definition has; `functions/records/definition` says whether it can be used.
 */
export const FieldType = z.enum([
  'string',
  'integer',
  'number',
  'boolean',
  'date',
  'datetime',
  'time',
  'year',
  'yearmonth',
  'geopoint',
  'geojson',
  'any',
]);
export type FieldType = z.infer<typeof FieldType>;

/** GB 11714 organisation code, GB 32100 unified social credit code, GB 11643 identity number. */
export const FieldCheck = z.enum(['gb11714', 'gb32100', 'gb11643']);
export type FieldCheck = z.infer<typeof FieldCheck>;

/** The rules that a definition may turn into warnings: all but `type`, without which a value has no meaning. */
export const WarningRule = z.enum([
  'required',
  'minLength',
  'maxLength',
  'pattern',
  'enum',
  'minimum',
  'maximum',
  'unique',
  ...FieldCheck.options,
]);
export type WarningRule = z.infer<typeof WarningRule>;

export const Sensitivity = z.enum(['public', 'internal', 'personal', 'sensitive']);
export type Sensitivity = z.infer<typeof Sensitivity>;

/** How freely something is shared between departments: at once, under stated conditions, or not at all. */
export const ShareType = z.enum(['unconditional', 'conditional', 'refused']);
export type ShareType = z.infer<typeof ShareType>;

const scalar = z.union([Line, z.number(), z.boolean()]);

export const Constraints = z.strictObject({
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  minLength: z.int().min(0).optional(),
  maxLength: z.int().min(0).optional(),
  minimum: z.union([Line, z.number()]).optional(),
  maximum: z.union([Line, z.number()]).optional(),
  exclusiveMinimum: z.union([Line, z.number()]).optional(),
  exclusiveMaximum: z.union([Line, z.number()]).optional(),
  pattern: Line.max(1000).optional(),
  enum: z
    .array(z.union([scalar, z.record(Line, z.unknown()), z.array(z.unknown())]))
    .min(1)
    .optional(),
});
export type Constraints = z.infer<typeof Constraints>;

/** What a file writes where a value is missing; either plain strings or `{value, label}`, the label optional. */
const MissingValues = z.array(z.union([Line, z.strictObject({ value: Line, label: Line.optional() })]));

/** Kinds of pictures that an attachment may be. */
export const AttachmentType = z.enum(['jpeg', 'png', 'webp']);
export type AttachmentType = z.infer<typeof AttachmentType>;

/** An attachment is held in memory while it is checked. */
export const MAX_ATTACHMENT_BYTES = 10 * 1024 ** 2;

/** What the attachments of a resource may be; one that is not is rejected. */
export const AttachmentRules = z.strictObject({
  types: z
    .array(AttachmentType)
    .min(1)
    .default([...AttachmentType.options]),
  maxBytes: z
    .int()
    .min(1)
    .max(MAX_ATTACHMENT_BYTES)
    .default(2 * 1024 ** 2),
});
export type AttachmentRules = z.infer<typeof AttachmentRules>;

export const Field = z.strictObject({
  name: Line.min(1).max(200),
  title: Line.optional(),
  titleEn: Line.optional(),
  description: Paragraph.optional(),
  example: z.unknown().optional(),
  type: FieldType.default('any'),
  format: Line.optional(),
  rdfType: Line.optional(),
  missingValues: MissingValues.optional(),
  categories: z.array(z.union([scalar, z.strictObject({ value: scalar, label: Line.optional() })])).optional(),
  categoriesOrdered: z.boolean().optional(),
  decimalChar: Line.length(1).optional(),
  groupChar: Line.length(1).optional(),
  bareNumber: z.boolean().optional(),
  trueValues: z.array(Line).min(1).optional(),
  falseValues: z.array(Line).min(1).optional(),
  constraints: Constraints.optional(),
  check: FieldCheck.optional(),
  /** Its values are names of attachments, pictures that are uploaded beside the records; one field of a resource at most. */
  reference: z.literal('attachment').optional(),
  /** Of such a field; where it is left out, every type and 2 MiB. */
  attachment: AttachmentRules.optional(),
  /** Rules of this field that only warn: reported and counted, and the record is accepted. `type` always rejects. */
  severity: z.partialRecord(WarningRule, z.enum(['error', 'warning'])).optional(),
  sensitivity: Sensitivity.default('internal'),
  /** Where it differs from the resource's own; a refused field is in no terms. */
  shareType: ShareType.optional(),
  /** The department that this field comes from, where that is not the resource's provider. */
  provider: DepartmentId.optional(),
  /** The class of fields of a large register that it belongs to, e.g. `婚姻登记`. */
  group: Line.min(1).max(100).optional(),
});
export type Field = z.infer<typeof Field>;

/** One field name or several; always several once parsed. */
const names = z
  .union([Line, z.array(Line).min(1)])
  .transform((key) => (typeof key === 'string' ? [key] : key))
  .pipe(z.array(Line).min(1));

/** Of a resource. */
export const MOST_FIELDS = 1000;

export const TableSchema = z.strictObject({
  $schema: Line.optional(),
  fields: z.array(Field).min(1).max(MOST_FIELDS),
  primaryKey: names.optional(),
  uniqueKeys: z.array(names).optional(),
  missingValues: MissingValues.default(['']),
});
export type TableSchema = z.infer<typeof TableSchema>;

export const UpdateCycle = z.enum([
  'realtime',
  'daily',
  'weekly',
  'monthly',
  'quarterly',
  'semiannual',
  'yearly',
  'irregular',
]);
export type UpdateCycle = z.infer<typeof UpdateCycle>;

export const Mode = z.enum(['delivery', 'lookup', 'comparison']);

/** The six classes of the national guide (发改高技〔2017〕1272号, 信息资源格式). */
export const FormatClass = z.enum([
  'electronic-file',
  'spreadsheet',
  'database',
  'graphics',
  'streaming',
  'self-describing',
]);
export type FormatClass = z.infer<typeof FormatClass>;

/** Whether the public may have it too. */
export const Openness = z.strictObject({
  type: z.enum(['yes', 'conditional', 'no']),
  condition: Paragraph.max(2000).optional(),
});
export type Openness = z.infer<typeof Openness>;

/** An office that answers questions about a resource; never a person. */
export const Contact = z.strictObject({
  unit: Line.min(1).max(200),
  phone: z
    .string()
    .regex(/^[0-9+() -]{3,40}$/, 'digits, blanks and +()-, 3 to 40')
    .optional(),
  email: z.email().max(200).optional(),
});
export type Contact = z.infer<typeof Contact>;

export const ResourceDefinition = z.strictObject({
  title: Line.min(1).max(200),
  titleEn: Line.max(200).optional(),
  description: Paragraph.max(5000).default(''),
  provider: DepartmentId,
  /** A code of the registry's category tree: 类-项-目 or 类-项-目-细目, e.g. `1-02-001` (GET /v1/categories). */
  category: Line.max(50).optional(),
  formatClass: FormatClass.optional(),
  themes: z.array(Line.max(50)).max(20).default([]),
  shareType: ShareType,
  shareCondition: Paragraph.max(2000).optional(),
  legalBasis: Paragraph.max(2000).optional(),
  open: Openness.optional(),
  modes: z.array(Mode).min(1).default(['delivery']),
  updateCycle: UpdateCycle.default('irregular'),
  /** Other resources that belong to it, of whatever provider. */
  related: z.array(ResourceId).max(50).optional(),
  contact: Contact.optional(),
  /** Share of rejected records, 0 to 1, above which the whole upload is refused; 1 never refuses. */
  tolerance: z.number().min(0).max(1).default(0.05),
  /**
   * An upload whose dataset differs from the one in force by more than such a share of rows is held until the provider
   * says that it is right: 0.2 lets 1,000 rows become 800 to 1,200.
   */
  drift: z.strictObject({ rowCount: z.number().min(0).max(1000) }).optional(),
  /** It is made of other resources; nothing is uploaded. */
  derivation: Derivation.optional(),
  schema: TableSchema,
});
export type ResourceDefinition = z.infer<typeof ResourceDefinition>;
