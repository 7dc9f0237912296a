import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { ComparisonId } from '../../../../schemas/contracts/ids.ts';
import type { ComparisonTerms } from '../../../../schemas/contracts/terms.ts';
import type { ComparisonIn } from '../../../../schemas/stored/comparisons.ts';
import type { DatasetObject, StoredDataset } from '../../../../schemas/stored/datasets.ts';
import type { ReconciliationIn } from '../../../../schemas/stored/reconciliations.ts';
import { nextMoment } from '../../../kernel/calendar.ts';
import { Fault } from '../../../kernel/fault.ts';
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
  readonly comparisonId: ComparisonId;
  readonly dueAt: string;
  readonly at: string;
}

/** A run as a comparison whose list has come, and the order that knows of it. */
export function runOf(order: ActiveOrder, of: Beginning): { readonly order: ActiveOrder; readonly run: Arrived } {
  const { agreement, terms, dataset, list, comparisonId, dueAt, at } = of;
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
  const run = { comparisonId, termsVersion, datasetVersion: dataset.datasetVersion, listVersion: list.datasetVersion };
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
