import type { LookupSign, OfficerDay } from '../../../schemas/contracts/lookups.ts';
import { RECENT_KEYS, type StoredOfficerDay } from '../../../schemas/stored/lookups.ts';

/** Of one key that was looked up. */
export interface Looked {
  readonly found: boolean;
  /** Digests of what is counted through in the key, and of what stands beside that. */
  readonly stem: string;
  readonly neighbours: readonly string[];
}

type Whose = Pick<
  StoredOfficerDay,
  'day' | 'agreementId' | 'resourceId' | 'provider' | 'consumer' | 'officer' | 'officerRef' | 'termsVersion'
>;

export const beginDay = (whose: Whose, at: string): StoredOfficerDay => ({
  ...whose,
  lookups: 0,
  keys: 0,
  misses: 0,
  missRun: 0,
  longestMissRun: 0,
  consecutive: 0,
  oddHours: 0,
  refused: 0,
  recent: [],
  lastAt: at,
});

/** The day after one more lookup. */
export function lookedUp(
  day: StoredOfficerDay,
  looked: readonly Looked[],
  { at, isOdd }: { readonly at: string; readonly isOdd: boolean },
): StoredOfficerDay {
  const counted = looked.reduce(oneMore, day);
  return { ...counted, lookups: day.lookups + 1, oddHours: day.oddHours + (isOdd ? 1 : 0), lastAt: at };
}

function oneMore(day: StoredOfficerDay, { found, stem, neighbours }: Looked): StoredOfficerDay {
  const missRun = found ? 0 : day.missRun + 1;
  return {
    ...day,
    keys: day.keys + 1,
    misses: day.misses + (found ? 0 : 1),
    missRun,
    longestMissRun: Math.max(day.longestMissRun, missRun),
    consecutive: day.consecutive + (day.recent.some((earlier) => neighbours.includes(earlier)) ? 1 : 0),
    recent: [...day.recent.filter((earlier) => earlier !== stem), stem].slice(-RECENT_KEYS),
  };
}

/** The day after a call that a quota refused. */
export const refusedOnce = (day: StoredOfficerDay, at: string): StoredOfficerDay => ({
  ...day,
  refused: day.refused + 1,
  lastAt: at,
});

/** From so many on somebody should look: once is chance. */
const NOTABLE = { consecutive: 3, misses: 5 };

export const signsOf = ({
  consecutive,
  longestMissRun,
  oddHours,
  refused,
}: StoredOfficerDay): readonly LookupSign[] => [
  ...(consecutive >= NOTABLE.consecutive ? (['consecutive'] as const) : []),
  ...(longestMissRun >= NOTABLE.misses ? (['misses'] as const) : []),
  ...(oddHours > 0 ? (['odd-hours'] as const) : []),
  ...(refused > 0 ? (['over-quota'] as const) : []),
];

/** As it is shown: without digests, and the officer's name for overseers only. */
export function shownDay(day: StoredOfficerDay, seesOfficer: boolean): OfficerDay {
  const { recent: _recent, missRun: _run, termsVersion: _terms, officer, ...shown } = day;
  return { ...shown, ...(seesOfficer && { officer }), signs: [...signsOf(day)] };
}
