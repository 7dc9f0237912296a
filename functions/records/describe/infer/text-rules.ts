import type { Constraints, Field } from '../../../../schemas/contracts/definition.ts';
import { isCodeName, isIdName } from './hints.ts';
import { ESTIMATE_ERROR } from './keys.ts';
import type { Profile } from './profile.ts';

/** So many different values a list may have, and so often each must have come up, that it is taken for complete. */
const MAX_ENUM = 20;
const LEAST_REPEATS = 10;
const MAX_ENUM_LENGTH = 50;
/** Beside fewer values of a type, a word for "missing" proves nothing. */
export const LEAST_BESIDE_WORDS = 5;
/** A form that fewer values have is no rule; of a column that is called a code, a few are enough. */
const LEAST_FOR_FORM = 20;
const LEAST_CODES = 3;

/** All values have the form of a code. */
export function isForm({ shape, name, present, distinct, mobiles }: Profile): boolean {
  if (mobiles) return true;
  if (!shape.codeLike || (shape.length ?? 0) < 2) return false;
  if (isCodeName(name)) return present >= LEAST_CODES;
  return present >= LEAST_FOR_FORM && distinct.count >= LEAST_FOR_FORM / 2;
}

/** What else is known of a column by then. */
export interface TextFacts {
  readonly coded: boolean;
  readonly checked: boolean;
  readonly sensitivity: Field['sensitivity'] | undefined;
}

/** A form or a list, where all values keep to it and are enough. */
export function textConstraints(
  profile: Profile,
  { coded, checked, sensitivity }: TextFacts,
  values: ReadonlyMap<string, number> | undefined,
): Constraints {
  if (checked) return {};
  const { name, shape, words, present } = profile;
  const form = coded && (words.size === 0 || present >= LEAST_BESIDE_WORDS) ? shape.pattern : undefined;
  // New codes come up; what they look like stays.
  if (form !== undefined && isCodeName(name)) return { pattern: form };
  const list = sensitivity === undefined && !isIdName(name) ? listOf(values) : undefined;
  if (list) return { enum: list };
  return form === undefined ? {} : { pattern: form };
}

function listOf(values: ReadonlyMap<string, number> | undefined): string[] | undefined {
  if (!values || values.size < 2 || values.size > MAX_ENUM) return undefined;
  const rows = [...values.values()].reduce((total, count) => total + count, 0);
  const short = [...values.keys()].every((value) => value.length <= MAX_ENUM_LENGTH);
  return short && rows >= values.size * LEAST_REPEATS ? [...values.keys()].toSorted() : undefined;
}

/** Numbers, days and words differ by chance; what is called an id or has the form of a code does not. */
export function isUnique(
  { distinct, present, name, words }: Profile,
  type: Field['type'],
  { coded, checked, sensitivity }: TextFacts,
  missing: number,
): boolean {
  if (present < 2 || (words.size > 0 && missing === 0)) return false;
  const named = isCodeName(name);
  // Two persons may share a telephone.
  const formed = coded && sensitivity === undefined;
  const could = (type === 'integer' && named) || (type === 'string' && (named || formed || checked));
  if (!could) return false;
  return distinct.exact ? distinct.count === present : distinct.count >= present * (1 - ESTIMATE_ERROR);
}
