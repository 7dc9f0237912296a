import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { env } from '../../env.ts';
import { patience } from '../../patience.ts';
import type { Table } from './reads.ts';

export const hubTable = (): Table => ({
  client: DynamoDBDocumentClient.from(new DynamoDBClient(patience()), {
    marshallOptions: { removeUndefinedValues: true },
  }),
  name: env('HUB_TABLE'),
});
