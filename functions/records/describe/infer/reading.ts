import { note, type Note } from '../draft.ts';
import { type Candidate, isPair, isWordBoolean } from './candidates.ts';
import { isCodeName, isDateName, isFlagName, isYearName } from './hints.ts';
import type { Profile } from './profile.ts';

const YEAR: Candidate = { type: 'year', options: {}, reads: () => true };
const BIT: Candidate = { type: 'boolean', options: {}, reads: () => true };

/** The type that a column is proposed to have, of those that no value contradicts; undefined for a plain string. */
export function readingOf(profile: Profile, path: string, notes: Note[]): Candidate | undefined {
  const { live, present } = profile;
  if (present === 0) return undefined;
  const can = live.filter((candidate) => isPlausible(candidate, profile));
  const [first] = can;
  if (first?.type === 'date' && can.some(({ options }) => isSwapped(first, options.format))) {
    notes.push(note(`${path}/type`, 'dates whose day or month may come first: state a format'));
    return undefined;
  }
  if (first?.type !== 'integer') return first;
  if (isYearName(profile.name) && profile.least >= 1000 && profile.most <= 2999 && profile.shape.length === 4)
    return YEAR;
  const bits = profile.least === 0 && profile.most === 1 && profile.distinct.count === 2;
  return bits && isFlagName(profile.name) ? BIT : first;
}

const isSwapped = (first: Candidate, format: string | undefined): boolean =>
  first.options.format === '%d/%m/%Y' && format === '%m/%d/%Y';

function isPlausible(candidate: Candidate, profile: Profile): boolean {
  const { name, distinct, leadingZeros, grouped, shape } = profile;
  const { type, options } = candidate;
  const compact = options.format === '%Y%m%d';
  if (isPair(candidate) || isWordBoolean(candidate)) return distinct.count === 2;
  if (compact) return isDateName(name);
  if (type === 'integer' || type === 'number') {
    // Digits of one length that are called a code are no quantity, even where none begins with a zero.
    const isCode = profile.mobiles || (isCodeName(name) && shape.allDigits && (shape.length ?? 0) > 1);
    return !leadingZeros && !isCode && (options.groupChar === undefined || grouped);
  }
  return true;
}
