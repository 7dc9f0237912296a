import * as z from 'zod';
import { ListColumns } from './comparisons.ts';
import {
  AgreementId,
  ComparisonId,
  DepartmentId,
  Instant,
  ReconciliationId,
  ResourceId,
  VersionNumber,
} from './ids.ts';
import { PageQuery, pageOf } from './paging.ts';
import { ComparisonKind, DeliveryFormat, Frequency, TimeOfDay } from './terms.ts';

/** Standing orders of an agreement at once: each is looked at again and again. */
export const MOST_RECONCILIATIONS = 20;

/** A resource of the consumer's own, whose dataset in force is the list. */
export const ReconciledList = z.strictObject({
  resourceId: ResourceId,
  columns: ListColumns.optional(),
});
export type ReconciledList = z.infer<typeof ReconciledList>;

const schedule = {
  /** `on-arrival`: when either side has new data. */
  every: Frequency,
  /** Time of day for every slower one; hourly takes its minutes only. */
  at: TimeOfDay,
};

export const OrderReconciliationBody = z.strictObject({
  agreementId: AgreementId,
  kind: ComparisonKind,
  list: ReconciledList,
  every: schedule.every.default('on-arrival'),
  at: schedule.at.default('02:00'),
  /** Of what is delivered. */
  resultFormat: DeliveryFormat.default('csv'),
});
export type OrderReconciliationBody = z.infer<typeof OrderReconciliationBody>;

/**
 * `consumer`: it needs no more runs · `agreement-over` · `terms-replaced`: those in force do not let it be run ·
 * `list-retired`: the resource that is the list takes no more data
 */
export const ReconciliationEnd = z.enum(['consumer', 'agreement-over', 'terms-replaced', 'list-retired']);
export type ReconciliationEnd = z.infer<typeof ReconciliationEnd>;

/** What every standing order is. */
export const reconciliationBasics = {
  reconciliationId: ReconciliationId,
  agreementId: AgreementId,
  /** By which it runs. */
  termsVersion: VersionNumber,
  resourceId: ResourceId,
  provider: DepartmentId,
  consumer: DepartmentId,
  /** Of its terms. */
  purpose: z.string(),
  ...schedule,
  orderedAt: Instant,
};
const Ordered = z.strictObject({
  ...reconciliationBasics,
  kind: ComparisonKind,
  /** For the consumer: the provider never learns of the list. */
  list: ReconciledList.optional(),
  /** The newest run. */
  lastRun: ComparisonId.optional(),
});

export const Reconciliation = z.discriminatedUnion('state', [
  /** `dueAt`: there is no run before; none then either, if neither side has anything new. */
  Ordered.extend({ state: z.literal('active'), dueAt: Instant }),
  Ordered.extend({ state: z.literal('ended'), end: ReconciliationEnd, finishedAt: Instant }),
]);
export type Reconciliation = z.infer<typeof Reconciliation>;

export const ReconciliationQuery = z.strictObject({
  ...PageQuery.shape,
  /** `consumer`: my own · `provider`: with my data; both without it. */
  role: z.enum(['consumer', 'provider']).optional(),
  state: z.enum(['active', 'ended']).optional(),
  agreementId: AgreementId.optional(),
});
export type ReconciliationQuery = z.infer<typeof ReconciliationQuery>;
export const ReconciliationList = pageOf(Reconciliation);
