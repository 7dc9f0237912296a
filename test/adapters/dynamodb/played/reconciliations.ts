import { dynamoReconciliations } from '../../../../functions/adapters/dynamodb/compare/reconciliations.ts';
import { toItem } from '../../../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../../../functions/adapters/dynamodb/table/keys.ts';
import type { Table } from '../../../../functions/adapters/dynamodb/table/reads.ts';
import type { ReconciliationIn } from '../../../../schemas/stored/reconciliations.ts';
import { orderIn } from '../../../compare/an-order.ts';
import { resource } from '../../../support/builders.ts';
import { id, page, there } from './played.ts';

export function reconciliations(table: Table) {
  const store = dynamoReconciliations(table);
  const resourceId = resource('reconciled');
  const order: ReconciliationIn<'active'> = {
    ...orderIn.active(),
    reconciliationId: id(77),
    agreementId: id(78),
    resourceId,
  };
  const { reconciliationId, agreementId, consumer, list } = order;
  return {
    reconciliation: [
      {
        item: toItem('reconciliation', keyOf.reconciliation(reconciliationId), order),
        read: () => store.find(reconciliationId),
        change: async () => {
          const found = there(await store.find(reconciliationId));
          return store.replace({ ...found, epoch: found.epoch + 1, session: 'other' }, found);
        },
      },
    ],
    pointer: [
      {
        item: toItem('pointer', keyOf.partyReconciliation(consumer, reconciliationId), { reconciliationId }),
        read: async () => (await store.listOf(consumer, page)).items,
      },
      {
        item: toItem('pointer', keyOf.resourceReconciliation(resourceId, reconciliationId), {
          reconciliationId,
          agreementId,
        }),
        read: async () => {
          for await (const pointer of store.ordersOf(resourceId)) return pointer;
          return undefined;
        },
      },
      {
        item: toItem('pointer', keyOf.listReconciliation(list.resourceId, reconciliationId), {
          reconciliationId,
          agreementId,
        }),
        read: async () => {
          for await (const pointer of store.ordersBy(list.resourceId)) return pointer;
          return undefined;
        },
      },
    ],
  };
}
