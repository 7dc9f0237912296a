import { dynamoWatches } from '../../../../functions/adapters/dynamodb/compare/watches.ts';
import { toItem } from '../../../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../../../functions/adapters/dynamodb/table/keys.ts';
import { readItem, type Table } from '../../../../functions/adapters/dynamodb/table/reads.ts';
import type { WatchIn } from '../../../../schemas/stored/watches.ts';
import { watchIn } from '../../../compare/a-watch.ts';
import { resource } from '../../../support/builders.ts';
import { id, page, there } from './played.ts';

export function watches(table: Table) {
  const store = dynamoWatches(table);
  const resourceId = resource('watched');
  const active: WatchIn<'active'> = { ...watchIn.active(), watchId: id(75), agreementId: id(76), resourceId };
  const { watchId, agreementId, consumer } = active;
  return {
    'key-watch': [
      {
        item: toItem('key-watch', keyOf.watch(watchId), active),
        read: () => store.find(watchId),
        change: async () => {
          const found = there(await store.find(watchId));
          return store.replace({ ...found, session: 'other' }, found);
        },
      },
    ],
    watched: [
      {
        item: toItem('watched', keyOf.watched(agreementId), { watches: 1, keys: 3 }),
        read: async () => (await readItem(table, keyOf.watched(agreementId)))?.['keys'],
      },
    ],
    pointer: [
      {
        item: toItem('pointer', keyOf.partyWatch(consumer, watchId), { watchId }),
        read: async () => (await store.listOf(consumer, page)).items,
      },
      {
        item: toItem('pointer', keyOf.resourceWatch(resourceId, watchId), { watchId, agreementId }),
        read: async () => {
          for await (const pointer of store.watchesOf(resourceId)) return pointer;
          return undefined;
        },
      },
    ],
  };
}
