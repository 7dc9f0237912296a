import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Item, Table } from '../../functions/adapters/dynamodb/table/reads.ts';
import { due } from '../../functions/adapters/dynamodb/table/walk.ts';
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
    for await (const item of due(table, 'UPLOAD', EVER))
      if (item['leaseUntil'] !== undefined) await endLease(table, item, clock.now().toISOString());
    table.client.destroy();
  }
}

async function endLease(table: Table, { pk, sk, epoch }: Item, now: string): Promise<void> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: { pk, sk },
    UpdateExpression: 'SET leaseUntil = :now, lookAgainAt = :now, dueSk = :now',
    ConditionExpression: 'epoch = :epoch AND leaseUntil > :now',
    ExpressionAttributeValues: { ':now': now, ':epoch': epoch },
  });
  await table.client.send(command).catch((error: unknown) => {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  });
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
