import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { isUnanswered } from '../../../functions/adapters/dynamodb/table/contention.ts';
import { commit, putNew, update } from '../../../functions/adapters/dynamodb/table/write.ts';
import { NotInTime } from '../../../functions/kernel/fault.ts';
import { hubTable } from '../../../functions/adapters/dynamodb/table/client.ts';

process.env['HUB_TABLE'] = 'hub';
process.env['AWS_REGION'] = 'us-east-1';

const dynamo = mockClient(DynamoDBDocumentClient);
beforeEach(() => void dynamo.reset());

const table = hubTable();
const writes = [putNew(table, { pk: 'A', sk: '1' }), putNew(table, { pk: 'A', sk: '2' })];
const change = { TableName: 'hub', Key: { pk: 'A', sk: '1' } };

const metadata = { $metadata: {}, message: 'not now' };
const refused = (name: string) => new DynamoDBServiceException({ ...metadata, name, $fault: 'client' });
const cancelled = (...codes: readonly string[]) =>
  new TransactionCanceledException({ ...metadata, CancellationReasons: codes.map((Code) => ({ Code })) });
const timedOut = () => Object.assign(new Error('no answer'), { name: 'TimeoutError' });
const reset = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
const broken = () => new DynamoDBServiceException({ ...metadata, name: 'InternalServerError', $fault: 'server' });

/** A clock that only pauses move. */
function aPatience(milliseconds: number) {
  let elapsed = 0;
  const pauses: number[] = [];
  const pause = async (ms: number) => {
    pauses.push(ms);
    elapsed += ms;
  };
  return { pauses, patience: { milliseconds, now: () => elapsed, pause } };
}

const passing = [
  ['a conflict with another transaction', cancelled('None', 'TransactionConflict')],
  ['a transaction that is throttled', cancelled('ThrottlingError', 'None')],
  ['a transaction beyond the throughput', cancelled('ProvisionedThroughputExceeded', 'TransactionConflict')],
  ['a throttled request', refused('ThrottlingException')],
  ['throttling in its older word', refused('ThrottlingError')],
  ['a request beyond the throughput', refused('ProvisionedThroughputExceededException')],
  ['a request beyond the account’s limit', refused('RequestLimitExceeded')],
  ['the same transaction still under way', refused('TransactionInProgressException')],
] as const;

describe('a transaction', () => {
  test.each([
    ...passing,
    ['no answer in time', timedOut()],
    ['a connection that broke', reset()],
    ['a name that is not found for now', Object.assign(new Error('dns'), { code: 'EAI_AGAIN' })],
    ['a fault of the service', broken()],
  ] as const)('is tried again after %s, as the same transaction', async (_, error) => {
    dynamo.on(TransactWriteCommand).rejectsOnce(error).rejectsOnce(error).resolves({});
    const { patience, pauses } = aPatience(5_000);
    expect(await commit(table, writes, patience)).toEqual({ committed: true });
    const tokens = dynamo.commandCalls(TransactWriteCommand).map(({ args }) => args[0].input.ClientRequestToken);
    expect(tokens).toHaveLength(3);
    expect(new Set(tokens)).toEqual(new Set([expect.stringMatching(/^[0-9a-f-]{36}$/)]));
    expect(pauses).toHaveLength(2);
  });

  test('has another token than the one before it', async () => {
    dynamo.on(TransactWriteCommand).resolves({});
    await commit(table, writes);
    await commit(table, writes);
    const tokens = dynamo.commandCalls(TransactWriteCommand).map(({ args }) => args[0].input.ClientRequestToken);
    expect(new Set(tokens).size).toBe(2);
  });

  test('whose condition failed is answered at once, whatever else happened to it', async () => {
    dynamo.on(TransactWriteCommand).rejects(cancelled('TransactionConflict', 'ConditionalCheckFailed'));
    expect(await commit(table, writes, aPatience(5_000).patience)).toEqual({ committed: false, failed: [1] });
    expect(dynamo.commandCalls(TransactWriteCommand)).toHaveLength(1);
  });

  test.each([
    ['that is malformed', cancelled('ValidationError', 'TransactionConflict')],
    ['that is not permitted', refused('AccessDeniedException')],
    ['whose token was of another one', refused('IdempotentParameterMismatchException')],
  ] as const)('%s is a fault at once', async (_, error) => {
    dynamo.on(TransactWriteCommand).rejects(error);
    await expect(commit(table, writes, aPatience(5_000).patience)).rejects.toBe(error);
    expect(dynamo.commandCalls(TransactWriteCommand)).toHaveLength(1);
  });

  test('that never gets through is a fault once patience is over, with pauses that grow and are never long', async () => {
    const error = cancelled('ThrottlingError');
    dynamo.on(TransactWriteCommand).rejects(error);
    const { patience, pauses } = aPatience(20_000);
    const fault = await commit(table, writes, patience).catch((thrown: unknown) => thrown);
    expect([fault instanceof NotInTime, (fault as Error).cause, isUnanswered(fault)]).toEqual([true, error, false]);
    expect(pauses.reduce((sum, each) => sum + each, 0)).toBeLessThan(20_000);
    for (const [index, each] of pauses.entries()) expect(each).toBeLessThanOrEqual(Math.min(1_000, 25 * 2 ** index));
    expect(pauses.length).toBeGreaterThanOrEqual(20);
  });
});

describe('a transaction that was not answered once', () => {
  test('and then never gets through is told as that: nobody knows whether it is done', async () => {
    dynamo.on(TransactWriteCommand).rejectsOnce(timedOut()).rejects(refused('ThrottlingException'));
    const fault = await commit(table, writes, aPatience(2_000).patience).catch((thrown: unknown) => thrown);
    expect([fault instanceof NotInTime, isUnanswered(fault)]).toEqual([true, true]);
  });
  test('and then finds another state is answered so: the same transaction would have been known', async () => {
    dynamo.on(TransactWriteCommand).rejectsOnce(timedOut()).rejects(cancelled('ConditionalCheckFailed'));
    expect(await commit(table, writes, aPatience(2_000).patience)).toEqual({ committed: false, failed: [0] });
  });
});

describe('a plain write', () => {
  test.each([...passing.slice(3), ['a transaction beside it', refused('TransactionConflictException')]] as const)(
    'is tried again after %s',
    async (_, error) => {
      dynamo.on(UpdateCommand).rejectsOnce(error).resolves({});
      expect(await update(table, change, aPatience(5_000).patience)).toBe(true);
      expect(dynamo.commandCalls(UpdateCommand)).toHaveLength(2);
    },
  );

  test('is not tried again by the hub when it was not answered: it has no token', async () => {
    dynamo.on(UpdateCommand).rejects(timedOut());
    await expect(update(table, change, aPatience(5_000).patience)).rejects.toBeInstanceOf(NotInTime);
    expect(dynamo.commandCalls(UpdateCommand)).toHaveLength(1);
  });

  test('whose condition failed is answered', async () => {
    dynamo.on(UpdateCommand).rejects(new ConditionalCheckFailedException(metadata));
    expect(await update(table, change)).toBe(false);
  });
});
