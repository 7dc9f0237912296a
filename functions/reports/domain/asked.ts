import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import { AskedFigures } from '../../../schemas/contracts/reports.ts';
import type { StoredAsked } from '../../../schemas/stored/reports.ts';
import { amountsOf } from './amounts.ts';
import { monthIn } from './months.ts';
import { later } from './uses.ts';

const figureNames = Object.keys(AskedFigures.shape) as (keyof AskedFigures)[];

export const nothingAsked: AskedFigures = Object.fromEntries(
  figureNames.map((name) => [name, 0]),
) as unknown as AskedFigures;

/** What was asked, of several: each figure added up. */
export function sumOfAsked(all: readonly AskedFigures[]): AskedFigures {
  const total = { ...nothingAsked };
  for (const one of all) for (const name of figureNames) total[name] += one[name];
  return total;
}

/**
 * What one act says of lookups and comparisons under an agreement; undefined where it says nothing.
 * @param timeZone the hub's: its months are those of reports
 */
export function askedOf(evidence: Evidence, timeZone: string): StoredAsked | undefined {
  const { act, at, subject, figures = {} } = evidence;
  const { agreementId, termsVersion, comparisonId, deliveryId } = subject;
  if (!agreementId || !termsVersion) return undefined;
  const month = monthIn(timeZone, at);
  const of = { agreementId, month, termsVersion, ...nothingAsked, ...amountsAsked(evidence), results: 0, requests: 0 };
  if (act === 'looked-up') return { ...of, askedAt: at, usedAt: at };
  if (act === 'comparison-run')
    return { ...of, results: deliveryId ? 1 : 0, askedAt: at, ...(figures['withheld'] && { usedAt: at }) };
  if (act === 'content-requested' && comparisonId) return { ...of, requests: 1, usedAt: at };
  return undefined;
}

function amountsAsked(evidence: Evidence): Partial<AskedFigures> {
  const amounts = amountsOf(evidence);
  return Object.fromEntries(figureNames.map((name) => [name, amounts[name] ?? 0]));
}

/** Both together: figures add up, of two moments the later one counts. */
export function joinedAsked(one: StoredAsked, other: StoredAsked): StoredAsked {
  const askedAt = later(one.askedAt, other.askedAt);
  const usedAt = later(one.usedAt, other.usedAt);
  return {
    ...one,
    ...sumOfAsked([one, other]),
    results: one.results + other.results,
    requests: one.requests + other.requests,
    ...(askedAt !== undefined && { askedAt }),
    ...(usedAt !== undefined && { usedAt }),
  };
}
