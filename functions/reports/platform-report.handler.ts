import { AgreementState } from '../../schemas/contracts/agreements.ts';
import type { PlatformReport, ReportBy, ReportTotals } from '../../schemas/contracts/reports.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { Caller } from '../kernel/caller.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done } from '../kernel/outcome.ts';
import { seesAll } from '../reading/oversight.ts';
import { EVER, type Scope } from './domain/counter.ts';
import { monthIn } from './domain/months.ts';
import { periodOf, type Period } from './domain/period.ts';
import { isNarrow, narrowRows } from './domain/narrow-rows.ts';
import { pieceOf, type Keyed, type Piece } from './domain/piece.ts';
import { benefitPieces, keptFor, rowsBy, totalOf } from './domain/report.ts';
import type { Ports } from './ports.ts';

/** Authority and auditor read the hub's figures; a department those that are kept for it alone. */
const scopeOf = (caller: Caller): Scope => (seesAll(caller) ? 'hub' : caller.department);

export const platformReportHandler = (ports: Ports) =>
  endpoint(routes.platformReport, async ({ query, caller }) => {
    const asOf = ports.clock.now();
    const period = periodOf(monthIn(ports.timeZone, asOf), query);
    if (!period.ok) return period;
    const scope = scopeOf(caller);
    const { from, to } = period.value;
    const [totals, rows] = await Promise.all([
      totalsOf(ports, scope, period.value),
      rowsOf(ports, scope, period.value, query.by),
    ]);
    return done({ asOf, from, to, by: query.by, totals, ...pageOf(rows, query) });
  });

async function piecesOf(ports: Ports, scope: Scope, { months }: Period, by: ReportBy): Promise<readonly Piece[]> {
  const [counters, benefits] = await Promise.all([
    Promise.all(months.map((month) => ports.counters.of(scope, month, keptFor(scope, by)))),
    Promise.all(months.map((month) => ports.benefits.inMonth(month))),
  ]);
  const seen = benefits
    .flat()
    .filter(({ provider, consumer }) => scope === 'hub' || scope === provider || scope === consumer);
  return [...counters.flat().map(pieceOf), ...seen.flatMap((benefit) => benefitPieces(benefit, by))];
}

async function rowsOf(
  ports: Ports,
  scope: Scope,
  period: Period,
  by: ReportBy,
): Promise<readonly Keyed<PlatformReport['items'][number]>[]> {
  const pieces = await piecesOf(ports, scope, period, by);
  return isNarrow(by) ? narrowRows(pieces, by) : rowsBy(pieces, by);
}

async function totalsOf(ports: Ports, scope: Scope, period: Period): Promise<ReportTotals> {
  const [pieces, ever, standing] = await Promise.all([
    piecesOf(ports, scope, period, 'month'),
    ports.counters.of(scope, EVER, 'month'),
    standingOf(ports, scope),
  ]);
  const { resourcesPublished, resourcesRetired } = totalOf(ever.map(pieceOf));
  return {
    departments: ports.departments,
    resources: Math.max(0, resourcesPublished - resourcesRetired),
    ...standing,
    ...totalOf(pieces),
  };
}

/** What state the agreements are in is read from themselves: some hundreds, and the evidence does not tell it. */
async function standingOf(ports: Ports, scope: Scope) {
  const agreementsByState = Object.fromEntries(AgreementState.options.map((state) => [state, 0])) as Record<
    AgreementState,
    number
  >;
  const pairs = new Set<string>();
  let agreements = 0;
  for await (const { state, provider, consumer } of ports.agreements.standings(scope === 'hub' ? 'all' : scope)) {
    agreements += 1;
    agreementsByState[state] += 1;
    if (state === 'active') pairs.add(`${provider}|${consumer}`);
  }
  return { agreements, agreementsByState, pairs: pairs.size };
}

interface Paging {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Rows behind the one that the cursor names, in order of their keys: none is lost or repeated when others come in. */
function pageOf<Row>(rows: readonly Keyed<Row>[], { limit, cursor = '' }: Paging): { items: Row[]; cursor?: string } {
  const behind = rows.filter(({ key }) => key > cursor);
  const shown = behind.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ row }) => row),
    ...(last && behind.length > limit && { cursor: last.key }),
  };
}
