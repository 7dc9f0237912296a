import { orderEnded } from '../../functions/compare/domain/reconciliations/end.ts';
import { ordered } from '../../functions/compare/domain/reconciliations/order.ts';
import { runOf, toldBy, type ActiveOrder } from '../../functions/compare/domain/reconciliations/run.ts';
import { begun } from '../../functions/compare/domain/begin.ts';
import { finished } from '../../functions/compare/domain/finish.ts';
import type { ComparisonId, ReconciliationId } from '../../schemas/contracts/ids.ts';
import { OrderReconciliationBody } from '../../schemas/contracts/reconciliations.ts';
import type { ComparisonIn } from '../../schemas/stored/comparisons.ts';
import type { ReconciliationIn, StoredReconciliation } from '../../schemas/stored/reconciliations.ts';
import { aStoredDataset, anAgreement, anId, comparisonTerms, instant, resource, sha256 } from '../support/builders.ts';
import { later } from './a-comparison.ts';

const terms = comparisonTerms();
const agreement = anAgreement({ state: 'active', terms });
export const ownList = resource('taxpayers');

export const anOrderBody = (changes: object = {}): OrderReconciliationBody =>
  OrderReconciliationBody.parse({
    agreementId: agreement.agreementId,
    kind: 'verify',
    list: { resourceId: ownList },
    every: 'weekly',
    ...changes,
  });

/** Of `tax`, with data of `quality`; not run yet. */
export const fresh = (number = 1, changes: object = {}): ActiveOrder =>
  ordered(anOrderBody(changes), agreement, terms, {
    reconciliationId: anId(number) as string as ReconciliationId,
    session: 'clerk-7',
    at: instant,
  });

/** Its first run, which has come to nothing yet. */
export const run = (order: ActiveOrder = fresh()) =>
  runOf(order, {
    agreement,
    terms,
    dataset: { datasetVersion: 7 },
    list: aStoredDataset({ resourceId: ownList, datasetVersion: 3 }),
    comparisonId: anId(81) as string as ComparisonId,
    dueAt: later(604_800),
    at: later(10),
  });

export const runDone = (): ComparisonIn<'done'> =>
  finished(
    begun(run().run as ComparisonIn<'received'>, 7, later(20)),
    1,
    {
      verdict: 'compared',
      rows: { read: 3, rejected: 0 },
      rejections: [],
      hits: 2,
      changes: { new: 3, changed: 0, gone: 0 },
    },
    later(30),
  );

export const rowsAt = (number: number) => ({
  key: `reconciliations/x/${number}/1`,
  versionId: `v${number}`,
  bytes: 64,
  sha256,
});

export const active = (number?: number): ReconciliationIn<'active'> =>
  toldBy(run(fresh(number)).order, runDone(), rowsAt(1));

/** One of each state. */
export const orderIn: { readonly [S in StoredReconciliation['state']]: (number?: number) => ReconciliationIn<S> } = {
  active,
  ended: (number) => orderEnded({ ...active(number), replaced: { key: 'x', versionId: 'v0' } }, 'consumer', later(50)),
};
