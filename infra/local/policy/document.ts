import { z } from 'zod';

const oneOrMore = z
  .union([z.string(), z.array(z.string())])
  .transform((value): readonly string[] => (typeof value === 'string' ? [value] : value));

/** Operators and keys that the evaluation understands. Anything else is a fault at start: never ignored. */
const CONDITION_KEYS = [
  'aws:SecureTransport',
  'aws:PrincipalAccount',
  'aws:ResourceAccount',
  'aws:SourceAccount',
  'aws:SourceArn',
  // Never known here: calls come without TLS, and no client names an encryption.
  's3:TlsVersion',
  's3:x-amz-server-side-encryption',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  's3:x-amz-server-side-encryption-customer-algorithm',
] as const;
export type ConditionKey = (typeof CONDITION_KEYS)[number];

const Tests = z.partialRecord(
  z.enum(CONDITION_KEYS),
  z.union([oneOrMore, z.union([z.boolean(), z.number()]).transform((value): readonly string[] => [String(value)])]),
);

const Condition = z.strictObject({
  Bool: Tests.optional(),
  StringEquals: Tests.optional(),
  StringNotEquals: Tests.optional(),
  StringLike: Tests.optional(),
  ArnEquals: Tests.optional(),
  ArnLike: Tests.optional(),
  NumericLessThan: Tests.optional(),
  Null: Tests.optional(),
});
export type Condition = z.output<typeof Condition>;

const Principal = z.union([
  z.literal('*'),
  z.strictObject({ AWS: oneOrMore.optional(), Service: oneOrMore.optional() }),
]);

export const Statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore.optional(),
  NotAction: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
  Principal: Principal.optional(),
  Condition: Condition.optional(),
});
export type Statement = z.output<typeof Statement>;

/** IAM User Guide, "IAM JSON policy elements reference"; a part of it, strict. */
export const PolicyDocument = z.strictObject({
  Version: z.literal('2012-10-17'),
  Id: z.string().optional(),
  Statement: z.union([z.array(Statement), Statement.transform((one) => [one])]),
});
export type PolicyDocument = z.output<typeof PolicyDocument>;
