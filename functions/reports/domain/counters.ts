import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import type { DepartmentId, ResourceId } from '../../../schemas/contracts/ids.ts';
import type { ExchangeFigures, ReportBy } from '../../../schemas/contracts/reports.ts';
import { amountsOf, ruleAmountsOf, type Amounts } from './amounts.ts';
import { monthIn } from './months.ts';

/** Whose figures: the whole hub's, or what one department provided and received. */
export type Scope = DepartmentId | 'hub';

/**
 * How figures are kept. The hub's are kept by each thing that a report is asked by. A department's are few: its smallest
 * pieces (`cell`: provider, consumer, resource) are kept, and a report adds them up. Themes and rules are kept for both.
 */
export type Kept = ReportBy | 'cell';

/** The months' sum since the beginning, of what is there now rather than happened in a month. */
export const EVER = 'ever';

export interface Place {
  readonly provider?: DepartmentId | undefined;
  readonly consumer?: DepartmentId | undefined;
  readonly resourceId?: ResourceId | undefined;
  readonly theme?: string | undefined;
  readonly rule?: string | undefined;
}

type Words = { readonly [Name in keyof Place]-?: string };

type CounterFigure = keyof ExchangeFigures | 'violations';
export type CounterFigures = { readonly [Name in CounterFigure]?: number | undefined };

export interface Counter {
  readonly scope: Scope;
  /** `YYYY-MM`, or `ever`. */
  readonly month: string;
  readonly by: Kept;
  readonly place: Place;
  readonly figures: CounterFigures;
}

/** What is true of a resource version for good. */
export interface ResourceFacts {
  readonly provider: DepartmentId;
  readonly themes: readonly string[];
}

const values: Readonly<Record<Kept, (words: Words) => string>> = {
  month: () => 'all',
  theme: ({ theme }) => theme,
  provider: ({ provider }) => provider,
  consumer: ({ consumer }) => consumer,
  pair: ({ provider, consumer }) => `${provider}|${consumer}`,
  resource: ({ resourceId }) => resourceId,
  rule: ({ rule, provider }) => `${rule}|${provider}`,
  cell: ({ provider, consumer, resourceId }) => `${provider}|${consumer}|${resourceId}`,
};

/** What tells the counters of one scope, month and kind apart. Ids have no `|` in them; a theme stands alone. */
export function valueOf({ by, place }: Counter): string {
  const {
    provider = '',
    consumer = '',
    resourceId = '',
    theme = '',
    rule = '',
  }: { readonly [Name in keyof Words]?: string | undefined } = place;
  return values[by]({ provider, consumer, resourceId, theme, rule });
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
  return [...counted, ...standing(place, figures), ...rules(evidence, place, month)];
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

const parties = ({ provider, consumer }: Place): readonly DepartmentId[] =>
  [...new Set([provider, consumer])].filter((party) => party !== undefined);

export function sum(one: CounterFigures, other: CounterFigures): CounterFigures {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])] as CounterFigure[];
  return Object.fromEntries(names.map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}
