import { agreementItem } from '../../functions/adapters/dynamodb/agreements/items.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { StoredDataset } from '../../schemas/stored/datasets.ts';
import { aResourceVersion } from '../support/builders.ts';
import { commit } from '../../functions/adapters/dynamodb/table/write.ts';
import { toItem } from '../../functions/adapters/dynamodb/table/items.ts';
import type { Item, Table } from '../../functions/adapters/dynamodb/table/reads.ts';

const put = (table: Table, ...items: Item[]) =>
  commit(
    table,
    items.map((Item) => ({ Put: { TableName: table.name, Item } })),
  );

/** Items as other capabilities leave them, as far as duties read them. */
export const storedIn = (table: Table) => ({
  /** After an act at an instant. */
  agreement: (agreement: Agreement, actedAt: string) =>
    put(
      table,
      agreementItem(agreement),
      toItem(
        'duties',
        keyOf.duties(agreement.agreementId),
        { agreementId: agreement.agreementId, nextAt: actedAt },
        { due: { partition: 'DUTY', at: actedAt } },
      ),
    ),
  resource: () => {
    const version = aResourceVersion();
    const key = keyOf.resourceVersion(version.resourceId, version.version);
    return put(table, toItem('resource-version', key, { ...version, definition: JSON.stringify(version.definition) }));
  },
  dataset: (dataset: StoredDataset) =>
    put(
      table,
      toItem('resource', keyOf.resource(dataset.resourceId), { datasetVersion: dataset.datasetVersion }),
      toItem('dataset', keyOf.dataset(dataset.resourceId, dataset.datasetVersion), dataset),
    ),
  /** At a position of the consumer's history; without one it was planned only. */
  delivery: (
    { agreementId, consumer, termsVersion }: Agreement,
    delivery: {
      readonly deliveryId: string;
      readonly position?: number;
      readonly releasedAt?: string;
      readonly receivedAt?: string;
      readonly retentionEndedAt?: string;
      readonly termsVersion?: number;
    },
  ) => {
    const { receivedAt, ...stored } = delivery;
    const { position } = delivery;
    const deliveryId = delivery.deliveryId as never;
    const place = { deliveryId, agreementId, ...(receivedAt !== undefined && { receivedAt }) };
    return put(
      table,
      toItem('delivery', keyOf.delivery(deliveryId), { agreementId, termsVersion, ...stored }),
      toItem('pointer', keyOf.agreementDelivery(agreementId, deliveryId), { deliveryId }),
      ...(position === undefined ? [] : [toItem('pointer', keyOf.mailboxDelivery(consumer, position), place)]),
    );
  },
});
