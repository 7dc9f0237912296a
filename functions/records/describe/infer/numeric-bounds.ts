import type { Constraints } from '../../../../schemas/contracts/definition.ts';
import { degreesOf } from './hints.ts';
import type { Profile } from './profile.ts';

/** Fewer numbers do not show that none is negative. */
const LEAST_NUMBERS = 10;

/** Zero as the least, where nothing is below it; the degrees that a coordinate can have. No other bound is a rule. */
export function numericBounds({ name, least, most, present }: Profile): Constraints {
  const degrees = degreesOf(name);
  if (degrees !== undefined && least >= -degrees && most <= degrees) return { minimum: -degrees, maximum: degrees };
  return least >= 0 && present >= LEAST_NUMBERS ? { minimum: 0 } : {};
}
