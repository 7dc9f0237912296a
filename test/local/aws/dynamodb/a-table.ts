import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';

import type { TableDefinition } from '../../../../infra/local/aws/endpoint.ts';

export const hubTable: TableDefinition = {
  TableName: 'hub',
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: 'gsi', AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byGsi',
      KeySchema: [{ AttributeName: 'gsi', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
};

export const anItem = (pk: string, more: Record<string, AttributeValue> = {}): Record<string, AttributeValue> => ({
  pk: { S: pk },
  sk: { S: 's' },
  ...more,
});

export const aKey = (pk: string): Record<string, AttributeValue> => anItem(pk);

export const aPut = (pk: string, more: Record<string, AttributeValue> = {}): TransactWriteItem => ({
  Put: { TableName: 'hub', Item: anItem(pk, more) },
});

export const aFreshPut = (pk: string): TransactWriteItem => ({
  Put: { TableName: 'hub', Item: anItem(pk), ConditionExpression: 'attribute_not_exists(pk)' },
});
