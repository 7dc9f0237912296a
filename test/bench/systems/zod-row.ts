import { z } from 'zod';
import { RULES } from '../check/schema.ts';
import { isCreditCode, isOrgCode } from './check-digits.ts';

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
const optional = <T extends z.ZodType>(schema: T) => z.union([z.literal(''), schema]);

const characters = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};
/** `z.string().max` counts UTF-16 units; the rule counts characters. A text with no more units has no more characters. */
const atMost = (limit: number) =>
  z.string().refine((text) => text.length <= limit || characters(text) <= limit, 'too long');

/** One row, with the rules of `benchSchema`. */
export const Row = z.object({
  org_code: z.string().refine(isOrgCode, 'gb11714'),
  org_type: z.enum(RULES.orgTypes),
  name: atMost(RULES.longestName).min(1),
  industry: optional(z.string().regex(whole(RULES.industry))),
  division: z.string().regex(whole(RULES.division)),
  address: atMost(RULES.longestAddress),
  phone: optional(z.string().regex(whole(RULES.phone))),
  capital: optional(
    z
      .string()
      .regex(/^[+-]?\d+(\.\d+)?$/)
      .refine((text) => Number(text) >= RULES.leastCapital, 'minimum'),
  ),
  approved_on: optional(z.iso.date().refine((day) => day >= RULES.firstDay, 'minimum')),
  currency: optional(z.enum(RULES.currencies)),
  representative: atMost(RULES.longestRepresentative),
  registration_no: optional(z.string().refine(isCreditCode, 'gb32100')),
});
export type Row = z.infer<typeof Row>;
