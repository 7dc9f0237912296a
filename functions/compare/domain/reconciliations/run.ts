import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { ComparisonId } from '../../../../schemas/contracts/ids.ts';
import type { ComparisonTerms } from '../../../../schemas/contracts/terms.ts';
import type { ComparisonRefusalCode } from '../../../../schemas/contracts/comparisons.ts';
import type { ComparisonIn, StoredComparison } from '../../../../schemas/stored/comparisons.ts';
import type { DatasetObject, StoredDataset } from '../../../../schemas/stored/datasets.ts';
import type { ReconciliationIn } from '../../../../schemas/stored/reconciliations.ts';
import { nextMoment } from '../../../kernel/calendar.ts';
import { Fault } from '../../../kernel/fault.ts';
import { after } from '../../../kernel/time.ts';
import { announced } from '../announcement.ts';
import { receive, type Arrived } from '../receive.ts';

export type ActiveOrder = ReconciliationIn<'active'>;

/** The datasets in force. */
export interface Sides {
  readonly dataset: Pick<StoredDataset, 'datasetVersion'>;
  readonly list: Pick<StoredDataset, 'datasetVersion'>;
}

/** Whether the newest run met other data, or other terms. */
export const hasNews = ({ run }: ActiveOrder, termsVersion: number, { dataset, list }: Sides): boolean =>
  run?.termsVersion !== termsVersion ||
  run.datasetVersion !== dataset.datasetVersion ||
  run.listVersion !== list.datasetVersion;

/** What refuses a run and passes by itself; whatever else faults is tried again within the run. */
const PASSING: ReadonlySet<ComparisonRefusalCode> = new Set(['query-failed']);
/** Hours after which a run that failed is repeated, for each time. */
const AGAIN_AFTER = [1, 4, 16];

/** When a run is repeated that what passes by itself let fail; undefined where it is not, or not once more. */
export function againAt({ run }: ActiveOrder, last: StoredComparison | undefined): string | undefined {
  if (!run || last?.state !== 'refused' || !PASSING.has(last.refusal.code)) return undefined;
  const hours = AGAIN_AFTER[run.failed ?? 0];
  return hours === undefined ? undefined : after(last.finishedAt, { hours });
}

/** When the period after this one begins; what comes at any time is due already. */
export const nextDue = ({ every, at }: Pick<ActiveOrder, 'every' | 'at'>, timeZone: string, now: string): string =>
  every === 'on-arrival' ? now : nextMoment(every, at, timeZone, now);

/** The same order, not to be run before. */
export const dueFrom = (order: ActiveOrder, dueAt: string): ActiveOrder => ({
  ...order,
  epoch: order.epoch + 1,
  dueAt,
});

/** Without the rows of the result before the newest. */
export function withoutReplaced({ replaced: _removed, ...order }: ActiveOrder): ActiveOrder {
  return { ...order, epoch: order.epoch + 1 };
}

export interface Beginning {
  readonly agreement: Agreement;
  readonly terms: ComparisonTerms;
  readonly dataset: Pick<StoredDataset, 'datasetVersion'>;
  readonly list: StoredDataset;
  /** The newest run once more, which failed. */
  readonly isAgain?: boolean | undefined;
  readonly comparisonId: ComparisonId;
  readonly dueAt: string;
  readonly at: string;
}

/** A run as a comparison whose list has come, and the order that knows of it. */
export function runOf(order: ActiveOrder, of: Beginning): { readonly order: ActiveOrder; readonly run: Arrived } {
  const { agreement, terms, dataset, list, isAgain, comparisonId, dueAt, at } = of;
  const { agreementId, comparisonKind: kind, resultFormat, session, reconciliationId } = order;
  const { columns } = order.list;
  const file = { format: 'csv', encoding: 'utf-8', bytes: list.bytes, sha256: list.sha256 } as const;
  const body = { agreementId, kind, resultFormat, ...file, ...(columns && { columns }) };
  const [first] = list.objects;
  if (!first) throw new Fault('a dataset has no piece');
  const reception = receive(
    {
      ...announced(body, agreement, terms, { comparisonId, session, at }),
      reconciliationId,
      listOf: { resourceId: list.resourceId, datasetVersion: list.datasetVersion },
      key: first.key,
    },
    { versionId: first.versionId, bytes: list.bytes },
    at,
  );
  if (reception.kind !== 'mark') throw new Fault('a list that is there has not come');
  const { termsVersion } = agreement;
  const run = {
    comparisonId,
    termsVersion,
    datasetVersion: dataset.datasetVersion,
    listVersion: list.datasetVersion,
    ...(isAgain && { failed: (order.run?.failed ?? 0) + 1 }),
  };
  return {
    order: { ...order, epoch: order.epoch + 1, termsVersion, purpose: terms.purpose, run, dueAt },
    run: reception.comparison,
  };
}

/** The order whose run has a result: from here on the next is told as the difference to it. */
export function toldBy(order: ActiveOrder, comparison: ComparisonIn<'done'>, object: DatasetObject): ActiveOrder {
  const { comparisonId, termsVersion, datasetVersion } = comparison;
  if (order.run?.comparisonId !== comparisonId) throw new Fault(`comparison ${comparisonId} is no run of its order`);
  const { told, replaced: _removed, ...kept } = order;
  return {
    ...kept,
    epoch: order.epoch + 1,
    run: { ...order.run, datasetVersion },
    told: { comparisonId, termsVersion, object },
    ...(told && { replaced: { key: told.object.key, versionId: told.object.versionId } }),
  };
}
