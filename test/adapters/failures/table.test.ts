import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { hubTable } from '../../../functions/adapters/dynamodb/table/client.ts';
import type { Item } from '../../../functions/adapters/dynamodb/table/reads.ts';
import { told } from '../../../functions/kernel/told.ts';
import { cancelled, conditionFailed, connectionLost, dynamoError, SECRET, timedOut } from './errors.ts';
import { writes } from './writes.ts';

process.env['HUB_TABLE'] = 'hub';
process.env['AWS_REGION'] = 'us-east-1';

const dynamo = mockClient(DynamoDBDocumentClient);
const table = hubTable();

/** The table holds these items, and nothing else. */
function holding(items: readonly Item[]): void {
  const found = (key: Item | undefined) => items.find(({ pk, sk }) => pk === key?.['pk'] && sk === key?.['sk']);
  dynamo.on(GetCommand).callsFake(({ Key }: { Key: Item }) => ({ Item: found(Key) }));
  dynamo.on(BatchGetCommand).callsFake(({ RequestItems }: { RequestItems: Record<string, { Keys: Item[] }> }) => ({
    Responses: { hub: (RequestItems['hub']?.Keys ?? []).flatMap((key) => found(key) ?? []) },
  }));
  dynamo.on(QueryCommand).resolves({ Items: [] });
}

beforeEach(() => void dynamo.reset());

const sent = () => dynamo.commandCalls(TransactWriteCommand).map(({ args }) => args[0].input);

describe.each(Object.entries(writes))('%s', (_name, { write, done, failed, there = [] }) => {
  beforeEach(() => holding(there));

  test('is one transaction', async () => {
    dynamo.on(TransactWriteCommand).resolves({});
    expect(await write(table)).toEqual(done);
    expect(sent()).toHaveLength(1);
  });

  test.each([
    ['throttled', dynamoError('ThrottlingException')],
    ['beyond the throughput', dynamoError('ProvisionedThroughputExceededException')],
    ['beyond it in one of its writes', cancelled('None', 'ProvisionedThroughputExceeded')],
    ['throttled in one of its writes', cancelled('ThrottlingError')],
    ['in conflict with another', cancelled('TransactionConflict', 'None')],
    ['still under way', dynamoError('TransactionInProgressException')],
    ['not answered, and done or not', timedOut()],
    ['cut off, and done or not', connectionLost()],
    ['met by a fault of the service', dynamoError('InternalServerError', 'server')],
  ])('that is %s is sent again as the same transaction, so that it is done once', async (_case, error) => {
    dynamo.on(TransactWriteCommand).rejectsOnce(error).resolves({});
    expect(await write(table)).toEqual(done);
    const [first, again, ...more] = sent();
    expect(again).toEqual(first);
    expect(more).toEqual([]);
  });

  /** The writes of the transaction where nothing goes wrong. */
  const writesOf = async () => {
    dynamo.on(TransactWriteCommand).resolves({});
    await write(table);
    const items = sent()[0]?.TransactItems ?? [];
    dynamo.reset();
    holding(there);
    return items;
  };
  const positionOf = (place: number | 'answer', items: Awaited<ReturnType<typeof writesOf>>): number =>
    typeof place === 'number' ? place : items.findIndex(({ Put }) => Put?.Item?.['kind'] === place);

  if (failed.length > 0)
    test.each(failed)('whose write %s finds another state answers as agreed', async (place, answer) => {
      const position = positionOf(place, await writesOf());
      dynamo.on(TransactWriteCommand).rejectsOnce(conditionFailed(position)).resolves({});
      expect(await write(table)).toEqual(answer);
      expect(sent()).toHaveLength(1);
    });

  test('that is cancelled by a condition that nobody expects to fail is not taken for done', async () => {
    const items = await writesOf();
    const expected = new Set(failed.map(([place]) => positionOf(place, items)));
    const unexpected = items.flatMap((item, position) =>
      'ConditionExpression' in Object.values(item)[0]! && !expected.has(position) ? [position] : [],
    );
    for (const position of unexpected) {
      dynamo.reset();
      holding(there);
      dynamo.on(TransactWriteCommand).rejectsOnce(conditionFailed(position)).resolves({});
      const outcome = await Promise.resolve(write(table)).catch(() => 'a fault');
      // Decided anew, and then done, is something else.
      if (sent().length === 1) expect({ position, outcome }).not.toEqual({ position, outcome: done });
    }
  });

  test.each([
    ['malformed', cancelled('ValidationError')],
    ['too large', cancelled('None', 'ItemCollectionSizeLimitExceeded')],
    ['of a token that was another one’s', dynamoError('IdempotentParameterMismatchException')],
    ['malformed as a whole', dynamoError('ValidationException')],
  ])('that is %s is a fault at once, of which the log says nothing that it holds', async (_case, error) => {
    dynamo.on(TransactWriteCommand).rejects(error);
    const fault = await Promise.resolve(write(table)).catch((thrown: unknown) => thrown);
    expect(fault).toBe(error);
    expect(JSON.stringify(told(fault))).not.toContain(SECRET);
    expect(sent()).toHaveLength(1);
  });
});
