import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { marked, postpone } from '../../functions/adapters/dynamodb/table/due.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { readItem, type Item, type Table } from '../../functions/adapters/dynamodb/table/reads.ts';
import { UploadId } from '../../schemas/contracts/ids.ts';
import type { Principal } from './aws/contracts.ts';
import type { HubClock } from './clock.ts';
import type { Model } from './template/model.ts';

/** Signs what the local hub itself does to the table; nobody else has its key, and no role of the template its name. */
export const RECOVERY_ROLE = 'local-hub-recovery';

/** After every instant. */
const EVER = '9999';

/**
 * Ends the leases that workers of an earlier run held: all of them died with it, which in AWS a sweeper could only
 * tell from a lease that ran out. The sweeper, which runs right after, takes their uploads up again.
 */
export async function endLeases(model: Model, principal: Principal, clock: HubClock): Promise<void> {
  for (const { name } of model.all('AWS::DynamoDB::Table')) {
    const table: Table = { client: clientAs(principal, model, clock), name };
    for await (const { uploadId } of marked(table, 'upload', EVER)) {
      const upload = await readItem(table, keyOf.upload(UploadId.parse(uploadId)));
      if (upload?.['leaseUntil'] !== undefined) await endLease(table, upload, clock.now().toISOString());
    }
    table.client.destroy();
  }
}

async function endLease(table: Table, { pk, sk, epoch }: Item, now: string): Promise<void> {
  const key = { pk: pk as string, sk: sk as string };
  const command = new UpdateCommand({
    TableName: table.name,
    Key: key,
    UpdateExpression: 'SET leaseUntil = :now, lookAgainAt = :now',
    ConditionExpression: 'epoch = :epoch AND leaseUntil > :now',
    ExpressionAttributeValues: { ':now': now, ':epoch': epoch },
  });
  try {
    await table.client.send(command);
    await postpone(table, 'upload', key, now);
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

const clientAs = (
  { accessKeyId, secretAccessKey, sessionToken }: Principal,
  { world }: Model,
  clock: HubClock,
): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: world.awsUrl,
      region: world.region,
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
      systemClockOffset: clock.offset(),
    }),
  );
