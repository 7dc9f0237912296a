import * as z from 'zod';
import { AgreementId, ComparisonId, Instant, ReconciliationId, VersionNumber } from '../contracts/ids.ts';
import { ReconciledList, ReconciliationEnd, reconciliationBasics } from '../contracts/reconciliations.ts';
import { ComparisonKind, DeliveryFormat } from '../contracts/terms.ts';
import { DatasetObject } from './datasets.ts';

/** A run, and what was new to it. */
const Run = z.strictObject({
  comparisonId: ComparisonId,
  termsVersion: VersionNumber,
  datasetVersion: VersionNumber,
  listVersion: VersionNumber,
  /** Runs of the same before it, which what passes by itself let fail. */
  failed: z.int().min(1).optional(),
});

/** Rows as the newest result had them: what the next one is told as the difference to. */
const ToldRows = z.strictObject({ comparisonId: ComparisonId, termsVersion: VersionNumber, object: DatasetObject });
export type ToldRows = z.infer<typeof ToldRows>;

const Left = DatasetObject.pick({ key: true, versionId: true });

const Ordered = z.strictObject({
  ...reconciliationBasics,
  /** `kind` is what every item says of itself. */
  comparisonKind: ComparisonKind,
  list: ReconciledList,
  resultFormat: DeliveryFormat,
  /** Whose session ordered it. */
  session: z.string(),
  /** Grows by one with every change, which names the one that it was decided on. */
  epoch: z.int().min(0),
  /** The newest run, whatever became of it. */
  run: Run.optional(),
});

/** A standing order to compare, as stored. */
export const StoredReconciliation = z.discriminatedUnion('state', [
  Ordered.extend({
    state: z.literal('active'),
    dueAt: Instant,
    told: ToldRows.optional(),
    /** Rows of the result before, to be removed. */
    replaced: Left.optional(),
  }),
  Ordered.extend({
    state: z.literal('ended'),
    end: ReconciliationEnd,
    finishedAt: Instant,
    /** Rows that are still to be removed. */
    left: z.array(Left).max(2),
  }),
]);
export type StoredReconciliation = z.infer<typeof StoredReconciliation>;
export type ReconciliationIn<S extends StoredReconciliation['state']> = Extract<
  StoredReconciliation,
  { readonly state: S }
>;

/** Beside the resource that is compared with, and the one that is the list, as long as the order may run. */
export const ReconciliationPointer = z.object({ reconciliationId: ReconciliationId, agreementId: AgreementId });
export type ReconciliationPointer = z.infer<typeof ReconciliationPointer>;
