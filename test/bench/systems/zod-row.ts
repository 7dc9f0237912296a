import { z } from 'zod';
import { RULES } from '../check/schema.ts';
import { isCreditCode, isOrgCode } from './check-digits.ts';

export const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
const wholeOrEmpty = (pattern: string): RegExp => new RegExp(`^(?:${pattern})?$`);

/** Rules on values that may be missing, as refinements: a union with the empty string takes half as long again. */
export const orEmpty = (holds: (text: string) => boolean, message: string) =>
  z.string().refine((text) => text === '' || holds(text), message);

const characters = (text: string): number => Array.from(text).length;
/** `z.string().max` counts UTF-16 units; the rule counts characters. A text with no more units has no more characters. */
export const isAtMost = (limit: number, text: string): boolean => text.length <= limit || characters(text) <= limit;
const atMost = (limit: number) => z.string().refine((text) => isAtMost(limit, text), 'maxLength');

const currencies: ReadonlySet<string> = new Set(RULES.currencies);

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = Number(text.slice(8));
  const date = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, day));
  return date.getUTCDate() === day && date.getUTCMonth() === Number(text.slice(5, 7)) - 1;
}

/** One row, with the rules of `benchSchema`. */
export const Row = z.object({
  org_code: z.string().refine(isOrgCode, 'gb11714'),
  org_type: z.enum(RULES.orgTypes),
  name: atMost(RULES.longestName).min(1),
  industry: z.string().regex(wholeOrEmpty(RULES.industry)),
  division: z.string().regex(whole(RULES.division)),
  address: atMost(RULES.longestAddress),
  phone: z.string().regex(wholeOrEmpty(RULES.phone)),
  capital: orEmpty((text) => /^[+-]?\d+(\.\d+)?$/.test(text) && Number(text) >= RULES.leastCapital, 'number'),
  approved_on: orEmpty((text) => isDay(text) && text >= RULES.firstDay, 'date'),
  currency: orEmpty((text) => currencies.has(text), 'enum'),
  representative: atMost(RULES.longestRepresentative),
  registration_no: orEmpty(isCreditCode, 'gb32100'),
});
