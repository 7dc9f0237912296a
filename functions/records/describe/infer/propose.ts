import type { Constraints, Field } from '../../../../schemas/contracts/definition.ts';
import { ERROR_VALUES } from '../../kinds/error-values.ts';
import { note, type Note } from '../draft.ts';
import type { Candidate } from './candidates.ts';
import { checkOf } from './code-check.ts';
import { hasHan } from './hints.ts';
import { numericBounds } from './numeric-bounds.ts';
import type { Profile } from './profile.ts';
import { sensitivityFor } from './sensitivity.ts';
import { readingOf } from './reading.ts';
import { isForm, isUnique, LEAST_BESIDE_WORDS, textConstraints } from './text-rules.ts';

/** A field that every value seen is good for, and what was guessed. */
export function proposed(profile: Profile, path: string, notes: Note[]): Field {
  const { name } = profile;
  const check = checkOf(profile, path, notes);
  const reading = check === undefined ? readingOf(profile, path, notes) : undefined;
  const type = reading?.type ?? 'string';
  const coded = type === 'string' && reading?.options.format === undefined && isForm(profile);
  const checked = check !== undefined;
  const words = wordsAsMissing(profile, reading, coded || checked, path, notes);
  const sensitivity = sensitivityFor(profile, check, path, notes);
  const missing = profile.empty + timesOf(profile, words);
  const values = valuesOf(profile, words);
  const constraints: Constraints = {
    ...(missing === 0 && profile.present > 0 && { required: true }),
    ...(isUnique(profile, type, { coded, checked, sensitivity }, missing) && { unique: true }),
    ...(type === 'string' && textConstraints(profile, { coded, checked, sensitivity }, values)),
    ...((type === 'integer' || type === 'number') && numericBounds(profile)),
  };
  if (profile.present === 0) notes.push(note(path, 'no value was seen: a string until you say otherwise'));
  return {
    name,
    ...(hasHan(name) && { title: name }),
    type,
    ...reading?.options,
    ...(words.length > 0 && { missingValues: ['', ...words] }),
    ...(Object.keys(constraints).length > 0 && { constraints }),
    ...(check && { check }),
    sensitivity: sensitivity ?? 'internal',
  };
}

const timesOf = ({ words }: Profile, some: readonly string[]): number =>
  some.reduce((total, word) => total + (words.get(word) ?? 0), 0);

/** Words for "missing" are that where they stand beside values that plainly are something else. */
function wordsAsMissing(profile: Profile, reading: Candidate | undefined, coded: boolean, path: string, notes: Note[]) {
  const plainly = profile.present >= LEAST_BESIDE_WORDS && (reading !== undefined || coded);
  const words = [...profile.words.keys()].filter((word) => plainly || ERROR_VALUES.has(word)).toSorted();
  if (words.length === 0) return [];
  const list = words.map((word) => JSON.stringify(word)).join(', ');
  notes.push(note(`${path}/missingValues`, `taken for a missing value, ${timesOf(profile, words)} times: ${list}`));
  return words;
}

/** Every value with its count, words that are values included; undefined if there are too many. */
function valuesOf({ distinct, words }: Profile, missing: readonly string[]): ReadonlyMap<string, number> | undefined {
  if (!distinct.values) return undefined;
  return new Map([...distinct.values, ...[...words].filter(([word]) => !missing.includes(word))]);
}
