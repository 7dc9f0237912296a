import type { DepartmentId, ResourceId } from '../../../schemas/contracts/ids.ts';
import type { ExchangeFigures, ReportBy } from '../../../schemas/contracts/reports.ts';
import type { ComparisonKind } from '../../../schemas/contracts/terms.ts';

/** Whose figures: the whole hub's, or what one department provided and received. */
export type Scope = DepartmentId | 'hub';

/**
 * How figures are kept. The hub's are kept by each thing that a report is asked by. A department's are few: its smallest
 * pieces (`cell`: provider, consumer, resource) are kept, and a report adds them up. Themes, rules, reasons of lookups and
 * kinds of comparisons are kept for both.
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
  readonly reason?: string | undefined;
  readonly comparisonKind?: ComparisonKind | undefined;
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

const values: Readonly<Record<Kept, (words: Words) => string>> = {
  month: () => 'all',
  theme: ({ theme }) => theme,
  provider: ({ provider }) => provider,
  consumer: ({ consumer }) => consumer,
  pair: ({ provider, consumer }) => `${provider}|${consumer}`,
  resource: ({ resourceId }) => resourceId,
  rule: ({ rule, provider }) => `${rule}|${provider}`,
  reason: ({ provider, consumer, reason }) => `${provider}|${consumer}|${reason}`,
  kind: ({ provider, consumer, comparisonKind }) => `${provider}|${consumer}|${comparisonKind}`,
  cell: ({ provider, consumer, resourceId }) => `${provider}|${consumer}|${resourceId}`,
};

/** What tells the counters of one scope, month and kind apart. Ids have no `|` in them; a theme stands alone, a reason last. */
export function valueOf({ by, place }: Counter): string {
  const {
    provider = '',
    consumer = '',
    resourceId = '',
    theme = '',
    rule = '',
    reason = '',
    comparisonKind = '',
  }: { readonly [Name in keyof Words]?: string | undefined } = place;
  return values[by]({ provider, consumer, resourceId, theme, rule, reason, comparisonKind });
}

export function sum(one: CounterFigures, other: CounterFigures): CounterFigures {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])] as CounterFigure[];
  return Object.fromEntries(names.map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}
