import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoExtracts } from '../../functions/adapters/dynamodb/delivery/extracts.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import type { StoredExtract } from '../../schemas/stored/delivery.ts';
import type { ExtractId } from '../../schemas/contracts/ids.ts';
import { anId, instant, resource, sha256 } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { commit, type Write } from '../../functions/adapters/dynamodb/table/write.ts';
import type { Table } from '../../functions/adapters/dynamodb/table/reads.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());

async function anExtract(number: number): Promise<StoredExtract> {
  const extractId = anId(number) as ExtractId;
  const key = `extracts/${extractId}/1`;
  const extract: StoredExtract = {
    extractId,
    resourceId: resource('births'),
    datasetVersion: 1,
    format: 'csv',
    rows: 2,
    bytes: 64,
    sha256,
    object: { key, versionId: 'v1' },
    grants: 0,
    state: 'ready',
  };
  await dynamoExtracts(aws.table).begin([{ extractId, key }], instant);
  await dynamoExtracts(aws.table).keep(extract, instant);
  return extract;
}

/** The table, where something happens right behind the first reading. */
function meanwhile(write: Write): Table {
  let happened = false;
  const client = Object.create(aws.table.client) as Table['client'];
  client.send = (async (command: GetCommand) => {
    const answer = await aws.table.client.send(command);
    if (!happened && command instanceof GetCommand) {
      happened = true;
      await commit(aws.table, [write]);
    }
    return answer;
  }) as Table['client']['send'];
  return { ...aws.table, client };
}

test('an extract that is granted between the reading and the dropping stays', async () => {
  const { extractId } = await anExtract(1);
  const granted: Write = {
    Update: {
      TableName: aws.table.name,
      Key: keyOf.extract(extractId),
      UpdateExpression: 'ADD grants :one',
      ExpressionAttributeValues: { ':one': 1 },
    },
  };
  expect(await dynamoExtracts(meanwhile(granted)).startDropping(extractId)).toBeUndefined();
  expect(await dynamoExtracts(aws.table).find(extractId)).toMatchObject({ state: 'ready', grants: 1 });
});

test('one that was dropped and written anew in between is not taken for the old one', async () => {
  const { extractId } = await anExtract(2);
  const anew: Write = {
    Update: {
      TableName: aws.table.name,
      Key: keyOf.extract(extractId),
      UpdateExpression: 'SET #object = :object',
      ExpressionAttributeNames: { '#object': 'object' },
      ExpressionAttributeValues: { ':object': { key: `extracts/${extractId}/2`, versionId: 'v2' } },
    },
  };
  expect(await dynamoExtracts(meanwhile(anew)).startDropping(extractId)).toBeUndefined();
  expect(await dynamoExtracts(aws.table).find(extractId)).toMatchObject({
    state: 'ready',
    object: { versionId: 'v2' },
  });
});
