// A process of its own, to be killed: it rewrites ten items in one transaction after the other.
import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';

import { startAwsEndpoint } from '../../../infra/local/aws/endpoint.ts';
import { aPut, hubTable } from './dynamodb/a-table.ts';

const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'secret' };
const principal = {
  ...credentials,
  arn: 'arn:aws:iam::123456789012:user/u',
  account: '123456789012',
  kind: 'function',
} as const;
const endpoint = await startAwsEndpoint({
  port: 0,
  dataDir: process.argv[2] ?? '',
  region: 'cn-north-1',
  account: principal.account,
  clock: () => new Date(),
  principals: { byAccessKey: () => principal },
  authorize: () => ({ allowed: true }),
  onObjectCreated: () => undefined,
  onStreamRecords: () => undefined,
});
await endpoint.createTable(hubTable);
const dynamodb = new DynamoDBClient({ endpoint: endpoint.url, region: 'cn-north-1', credentials });
for (let round = 0; ; round += 1) {
  const TransactItems = Array.from({ length: 10 }, (_, index) =>
    aPut(`item-${index}`, { gsi: { S: `round-${round}` } }),
  );
  await dynamodb.send(new TransactWriteItemsCommand({ TransactItems }));
  if (round === 0) process.stdout.write('writing\n');
}
