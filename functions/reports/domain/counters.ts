import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import { amountsOf, ruleAmountsOf, type Amounts } from './amounts.ts';
import { EVER, type Counter, type Kept, type Place, type Scope } from './counter.ts';
import { monthIn } from './months.ts';

/** What is true of a resource version for good. */
export interface ResourceFacts {
  readonly provider: DepartmentId;
  readonly themes: readonly string[];
}

/**
 * Every counter that one act adds to: at most 99 in one transaction with its mark, since a resource has at most 20
 * themes and an upload can break fewer than 20 rules.
 *
 * @param timeZone the hub's: its months are those of reports
 */
export function countersOf(evidence: Evidence, facts: ResourceFacts | undefined, timeZone: string): readonly Counter[] {
  const { subject } = evidence;
  const figures = amountsOf(evidence);
  const month = monthIn(timeZone, evidence.at);
  const place = {
    provider: subject.provider ?? facts?.provider,
    consumer: subject.consumer,
    resourceId: subject.resourceId,
  };
  const counted = Object.keys(figures).length === 0 ? [] : placed(place, facts?.themes ?? [], { month, figures });
  return [
    ...counted,
    ...standing(place, figures),
    ...rules(evidence, place, month),
    ...whatFor(evidence, place, { month, figures }),
  ];
}

type Dated = Pick<Counter, 'month' | 'figures'>;

function placed(place: Place, themes: readonly string[], dated: Dated): readonly Counter[] {
  const { provider, consumer, resourceId } = place;
  const byTheme = (scope: Scope) =>
    themes.map((theme) => ({ ...dated, scope, by: 'theme' as const, place: { theme } }));
  const ofHub = (by: Kept, at: Place, there = true) =>
    there ? [{ ...dated, scope: 'hub' as const, by, place: at }] : [];
  return [
    ...ofHub('month', {}),
    ...ofHub('provider', { provider }, provider !== undefined),
    ...ofHub('consumer', { consumer }, consumer !== undefined),
    ...ofHub('pair', { provider, consumer }, provider !== undefined && consumer !== undefined),
    ...ofHub('resource', { provider, resourceId }, resourceId !== undefined),
    ...byTheme('hub'),
    ...parties(place).flatMap((scope) => [{ ...dated, scope, by: 'cell' as const, place }, ...byTheme(scope)]),
  ];
}

/** How many resources there are is what was published less what was retired, whenever it was. */
function standing({ provider }: Place, { resourcesPublished, resourcesRetired }: Amounts): readonly Counter[] {
  if (resourcesPublished === undefined && resourcesRetired === undefined) return [];
  const figures = {
    ...(resourcesPublished !== undefined && { resourcesPublished }),
    ...(resourcesRetired !== undefined && { resourcesRetired }),
  };
  const scopes: readonly Scope[] = ['hub', ...(provider === undefined ? [] : [provider])];
  return scopes.map((scope) => ({ scope, month: EVER, by: 'month', place: {}, figures }));
}

function rules(evidence: Evidence, { provider }: Place, month: string): readonly Counter[] {
  if (provider === undefined) return [];
  return ruleAmountsOf(evidence).flatMap(({ rule, violations, uploadsRefused }) => {
    const figures = { ...(violations > 0 && { violations }), ...(uploadsRefused > 0 && { uploadsRefused }) };
    return (['hub', provider] as const).map((scope) => ({
      scope,
      month,
      by: 'rule' as const,
      place: { rule, provider },
      figures,
    }));
  });
}

/** For which reason it was looked up, in which kind it was compared. */
function whatFor({ subject }: Evidence, { provider, consumer }: Place, dated: Dated): readonly Counter[] {
  const { reason, comparisonKind } = subject;
  const kept = (by: Kept, place: Place) =>
    (['hub', ...parties(place)] as const).map((scope) => ({ ...dated, scope, by, place }));
  if (dated.figures.lookups && reason !== undefined) return kept('reason', { provider, consumer, reason });
  if (dated.figures.comparisons && comparisonKind) return kept('kind', { provider, consumer, comparisonKind });
  return [];
}

const parties = ({ provider, consumer }: Place): readonly DepartmentId[] =>
  [...new Set([provider, consumer])].filter((party) => party !== undefined);
