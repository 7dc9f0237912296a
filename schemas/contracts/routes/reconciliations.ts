import * as z from 'zod';
import { exampleOf } from '../examples/reconciliations.ts';
import { ReconciliationId } from '../ids.ts';
import {
  OrderReconciliationBody,
  Reconciliation,
  ReconciliationList,
  ReconciliationQuery,
} from '../reconciliations.ts';
import { everyone, members, route } from './route.ts';

const params = z.strictObject({ reconciliationId: ReconciliationId });

export const reconciliationsRoutes = {
  orderReconciliation: route('orderReconciliation', {
    capability: 'compare',
    roles: members,
    summary: 'Order a comparison to be repeated',
    description:
      'By the consumer of an agreement of mode `comparison`: the dataset in force of a resource that it provides is compared in the place of a list, now and whenever either side has new data by the time of its period. Each run is a comparison, and one of `runsPerDay`. The first result has all rows, the others those that are new, changed or gone.',
    body: OrderReconciliationBody,
    status: 201,
    response: Reconciliation,
    errors: {
      'not-found': 404,
      'not-the-consumer': 403,
      'other-mode': 422,
      'agreement-not-active': 409,
      'invalid-reconciliation': 422,
      'too-many-reconciliations': 409,
      'changed-meanwhile': 409,
    },
    example: exampleOf.orderReconciliation,
  }),
  listReconciliations: route('listReconciliations', {
    capability: 'compare',
    roles: everyone,
    summary: 'List standing orders to compare',
    description:
      'Newest first: those of your department, and those that compare with its data; authority and auditor see all. Their runs are comparisons: `GET /v1/comparisons?reconciliationId=`.',
    query: ReconciliationQuery,
    response: ReconciliationList,
    example: exampleOf.listReconciliations,
  }),
  readReconciliation: route('readReconciliation', {
    capability: 'compare',
    roles: everyone,
    summary: 'Read a standing order to compare',
    description: 'For its consumer, provider, authority and auditor. What the list is only its consumer sees.',
    params,
    response: Reconciliation,
    errors: { 'not-found': 404 },
    example: exampleOf.readReconciliation,
  }),
  endReconciliation: route('endReconciliation', {
    capability: 'compare',
    roles: members,
    summary: 'End a standing order to compare',
    description:
      'By the consumer. A run that is under way has no result; what the hub kept of the last one is removed.',
    params,
    response: Reconciliation,
    errors: { 'not-found': 404, 'not-the-consumer': 403, 'wrong-state': 409, 'changed-meanwhile': 409 },
    example: exampleOf.endReconciliation,
  }),
} as const;
