import {
  dynamoRepresentations,
  holdRepresentation,
} from '../../../../functions/adapters/dynamodb/datasets/representations.ts';
import { toItem } from '../../../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../../../functions/adapters/dynamodb/table/keys.ts';
import { readItem, type Table } from '../../../../functions/adapters/dynamodb/table/reads.ts';
import { commit } from '../../../../functions/adapters/dynamodb/table/write.ts';
import { aRepresentation } from '../../../datasets/a-representation.ts';
import { resourceId } from './played.ts';

export function represented(table: Table) {
  const representations = dynamoRepresentations(table);
  const made = aRepresentation({ resourceId, datasetVersion: 7 });
  const hold = keyOf.representationHold(resourceId, 7, 'a');
  return {
    representation: [
      {
        item: toItem('representation', keyOf.representation(resourceId, 7), made),
        read: () => representations.list(resourceId),
        change: async () => (await commit(table, holdRepresentation(table, made, `played-${Math.random()}`))).committed,
      },
    ],
    'representation-hold': [
      { item: toItem('representation-hold', hold, { by: 'a' }), read: () => readItem(table, hold) },
    ],
  };
}
