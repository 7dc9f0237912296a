import type { AgreementId } from '../../../schemas/contracts/ids.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import type { AskedFigures, RestsOn } from '../../../schemas/contracts/reports.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { nothingAsked, sumOfAsked } from './asked.ts';
import { monthIn } from './months.ts';

/** As much of a lookup, or of a comparison that was run, as a benefit can rest on. */
export interface AskedOnce {
  readonly agreementId: AgreementId;
  readonly at: string;
  readonly figures: AskedFigures;
  /** Of a comparison: its result was withheld, so that nobody learnt anything by it. */
  readonly withheld: boolean;
}

/** What a statement names, as it was found: in the order of its ids, or all that is counted of the month. */
export type Named = readonly (AskedOnce | undefined)[] | AskedFigures;

interface Stated {
  readonly agreementId: AgreementId;
  readonly period: string;
  readonly timeZone: string;
}

type Kind = keyof RestsOn;

/**
 * The figures of what a benefit rests on: lookups and comparisons under its own agreement and of its own month, so that
 * each counts for one statement at most.
 */
export function foundOf(
  named: Readonly<Partial<Record<Kind, Named>>>,
  stated: Stated,
): Outcome<AskedFigures, 'invalid-statement'> {
  const parts = (['lookups', 'comparisons'] as const).flatMap((kind) => {
    const given = named[kind];
    return given === undefined ? [] : [foundOfKind(kind, given, stated)];
  });
  const violations = parts.flatMap((part) => part.violations);
  if (violations.length > 0) return refuse('invalid-statement', { violations });
  return done(sumOfAsked(parts.map(({ figures }) => figures)));
}

interface Part {
  readonly figures: AskedFigures;
  readonly violations: readonly Violation[];
}

function foundOfKind(kind: Kind, named: Named, stated: Stated): Part {
  const path = `/restsOn/${kind}`;
  if (!('lookups' in named)) {
    const violations = named.flatMap((one, i) => problemOf(one, stated, `${path}/${i}`) ?? []);
    return { figures: sumOfAsked(named.flatMap((one) => one?.figures ?? [])), violations };
  }
  const message = `nothing of ${stated.period} is counted under this agreement by now`;
  return { figures: named, violations: named[kind] === 0 ? [{ path, rule: 'none', message }] : [] };
}

/** Another's is told as one that is not there. */
function problemOf(one: AskedOnce | undefined, stated: Stated, path: string): Violation | undefined {
  if (one?.agreementId !== stated.agreementId)
    return { path, rule: 'unknown', message: 'none under this agreement that was answered' };
  if (monthIn(stated.timeZone, one.at) !== stated.period)
    return { path, rule: 'other-month', message: `it is not of ${stated.period}` };
  if (one.withheld) return { path, rule: 'withheld', message: 'its result was told to nobody' };
  return undefined;
}

/** The figures of one kind alone. */
export const ofKind = (kind: Kind, figures: AskedFigures): AskedFigures => {
  const { lookups, keysLookedUp, recordsShown, comparisons, comparedRows, comparisonHits } = figures;
  return kind === 'lookups'
    ? { ...nothingAsked, lookups, keysLookedUp, recordsShown }
    : { ...nothingAsked, comparisons, comparedRows, comparisonHits };
};
