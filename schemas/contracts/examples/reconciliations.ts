import { agreementId, comparisonId } from './things.ts';

const list = { resourceId: 'registered-sales', columns: { contract: '合同编号' } };
const ordered = {
  reconciliationId: '01JDC7W1R9M2P5R8T1V4X7Z0BE',
  agreementId,
  termsVersion: 1,
  resourceId: 'tax-paid',
  provider: 'tax',
  consumer: 'housing',
  kind: 'verify',
  purpose: '商品房网签与完税核对',
  every: 'weekly',
  at: '02:00',
  orderedAt: '2026-12-01T02:00:00.000Z',
};
const active = { ...ordered, state: 'active', dueAt: '2026-12-06T18:00:00.000Z', lastRun: comparisonId };

export const exampleOf = {
  orderReconciliation: {
    request: { agreementId, kind: 'verify', list, every: 'weekly' },
    response: { ...ordered, list, state: 'active', dueAt: '2026-12-01T02:00:00.000Z' },
  },
  listReconciliations: { response: { items: [active] } },
  readReconciliation: { response: { ...active, list } },
  endReconciliation: {
    response: { ...ordered, list, state: 'ended', end: 'consumer', finishedAt: '2027-01-04T06:30:00.000Z' },
  },
};
