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

/** What is asked for, however it reaches the consumer. */
const asked = {
  /** In this order. */
  fields: z.array(Line.min(1)).min(1).max(1000),
  filter: z.array(Condition).max(20).default([]),
  mask: z.record(Line, Mask).default({}),
};

/** What binds the parties, however it reaches the consumer. */
const binding = {
  /** Why a `sensitive` field is needed unmasked, by field. */
  justification: z.record(Line, Paragraph.min(1).max(500)).optional(),
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
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM, 00:00 to 23:59')
    .default('02:00'),
  ...binding,
});
export type DeliveryTerms = z.infer<typeof DeliveryTerms>;

/** By `mode`: how the data reach the consumer. As long as there is one, its own words say what is wrong with another. */
export const Terms = z.discriminatedUnion('mode', [DeliveryTerms], { unionFallback: true });
export type Terms = z.infer<typeof Terms>;
