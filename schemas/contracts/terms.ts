import * as z from 'zod';
import { CalendarDate } from './ids.ts';
import { Line, Paragraph } from './text.ts';
import { Content } from './uploads.ts';

/** One row condition; all conditions of a filter hold together. A missing value never matches. */
export const Condition = z.discriminatedUnion('op', [
  z.strictObject({ field: Line, op: z.literal('eq'), value: z.union([Line, z.number(), z.boolean()]) }),
  z.strictObject({
    field: Line,
    op: z.literal('in'),
    value: z
      .array(z.union([Line, z.number(), z.boolean()]))
      .min(1)
      .max(1000),
  }),
  z.strictObject({ field: Line, op: z.literal('prefix'), value: Line.min(1) }),
  z.strictObject({ field: Line, op: z.literal('min'), value: z.union([Line, z.number()]) }),
  z.strictObject({ field: Line, op: z.literal('max'), value: z.union([Line, z.number()]) }),
]);
export type Condition = z.infer<typeof Condition>;

/** `last4` keeps the last four characters, `first1` the first, `hide` none; the output length tells nothing. */
export const Mask = z.enum(['last4', 'first1', 'hide']);
export type Mask = z.infer<typeof Mask>;

export const DeliveryFormat = z.enum(['csv', 'ndjson', 'parquet', 'xlsx']);
export type DeliveryFormat = z.infer<typeof DeliveryFormat>;

export const Frequency = z.enum(['on-arrival', 'hourly', 'daily', 'weekly', 'monthly', 'quarterly']);
export type Frequency = z.infer<typeof Frequency>;

/** In the hub's time zone. */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM, 00:00 to 23:59');

/**
 * `derived`: through the hub, what is derived of the data, on terms no looser; `consent`: the same, where the provider has
 * consented to each agreement on it; `yes`: the data as they are, too.
 */
export const Reshare = z.enum(['no', 'consent', 'derived', 'yes']);
export type Reshare = z.infer<typeof Reshare>;

const Fields = z.array(Line.min(1)).max(1000);

/** What is asked for, however it reaches the consumer. */
const asked = {
  /** In this order. */
  fields: Fields.min(1),
  filter: z.array(Condition).max(20).default([]),
  mask: z.record(Line, Mask).default({}),
};

/** What binds the parties, however it reaches the consumer. */
const binding = {
  /** Why a `sensitive` field is needed unmasked, by field. */
  justification: z.record(Line, Paragraph.min(1).max(500)).optional(),
  /** What the consumer may pass on; nothing where it is left out. */
  reshare: Reshare.optional(),
  purpose: Paragraph.min(1).max(2000),
  legalBasis: Paragraph.min(1).max(2000),
  validFrom: CalendarDate,
  /** Inclusive. */
  validTo: CalendarDate,
  duties: z
    .strictObject({
      provision: Paragraph.max(2000).default(''),
      use: Paragraph.max(2000).default(''),
      disposal: z.strictObject({ retainDays: z.int().min(1).max(36_500) }).default({ retainDays: 365 }),
      security: Paragraph.max(2000).default(''),
    })
    .prefault({}),
};

/** The hub sends files to the consumer. It is meant where no mode is named: terms are signed with it. */
export const DeliveryTerms = z.strictObject({
  ...asked,
  mode: z.literal('delivery').optional().default('delivery'),
  /** `changes`: the first delivery is a snapshot, every other one the edits since the one before it. */
  content: Content.default('snapshot'),
  format: DeliveryFormat.default('csv'),
  frequency: Frequency.default('on-arrival'),
  /** Time of day in the hub's time zone for every slower frequency; hourly takes its minutes only. */
  at: TimeOfDay.default('02:00'),
  ...binding,
});
export type DeliveryTerms = z.infer<typeof DeliveryTerms>;

/** Keys that a consumer has watched at once under an agreement, and as many that it lodges a day; none where it is left out. */
const watchKeys = z.int().min(1).max(20_000_000).optional();

/** The consumer asks about one record at a time, by its key, for one case. */
export const LookupTerms = z.strictObject({
  ...asked,
  mode: z.literal('lookup'),
  /** The resource's primary key. */
  key: Fields.min(1),
  /** Keys looked up a day, in the hub's time zone; of each user, too. */
  perDay: z.int().min(1).max(1_000_000),
  perUserPerDay: z.int().min(1).max(100_000),
  /** One of these is given with every lookup. */
  reasons: z.array(Line.min(1).max(200)).min(1).max(50),
  /** Keys of one case that one call may ask about. */
  keys: z.int().min(1).max(20).default(1),
  watchKeys,
  ...binding,
});
export type LookupTerms = z.infer<typeof LookupTerms>;

/**
 * `verify`: each row of the list, whether it agrees with its record · `intersect`, `except`: rows of the list that have a
 * record, or none · `missing`: records that are not on the list · `link`: the records that resemble a row, with a score.
 */
export const ComparisonKind = z.enum(['verify', 'intersect', 'except', 'missing', 'link']);
export type ComparisonKind = z.infer<typeof ComparisonKind>;

/** The consumer sends a list; the hub compares it with the resource and gives back what the kinds of comparison tell. */
export const ComparisonTerms = z.strictObject({
  ...asked,
  mode: z.literal('comparison'),
  kinds: z.array(ComparisonKind).min(1),
  /** By which rows of the list find their record. */
  key: Fields.min(1),
  /** Compared beside the key. */
  compare: Fields.default([]),
  /** Given of each record that matches, in this order; none: only which rows match. */
  fields: Fields.default([]),
  /** The least score of a candidate of `link`, 0 to 1. */
  threshold: z.number().min(0).max(1).optional(),
  /** A result with fewer matches is not told. */
  minResult: z.int().min(1).default(1),
  /** Rows of a list. */
  maxList: z.int().min(1).max(20_000_000),
  runsPerDay: z.int().min(1).max(1000),
  /** Who releases a run before it starts. */
  approval: z.enum(['none', 'provider']).default('none'),
  watchKeys,
  ...binding,
});
export type ComparisonTerms = z.infer<typeof ComparisonTerms>;

/** By `mode`: how the data reach the consumer. */
export const Terms = z.discriminatedUnion('mode', [DeliveryTerms, LookupTerms, ComparisonTerms]);
export type Terms = z.infer<typeof Terms>;
