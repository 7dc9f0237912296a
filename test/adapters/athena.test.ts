import {
  AthenaClient,
  GetQueryExecutionCommand,
  InvalidRequestException,
  StartQueryExecutionCommand,
  TooManyRequestsException,
} from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import { beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { athenaWarehouse } from '../../functions/adapters/athena/warehouse.ts';

const athena = mockClient(AthenaClient);
beforeEach(() => void athena.reset());
const place = { workgroup: 'hub', database: 'hub', bucket: 'intake' };
const warehouse = athenaWarehouse(new AthenaClient({}), new S3Client({}), place);
const query = { token: 'a-token-of-a-comparison-and-its-dataset', sql: 'UNLOAD (…)', parameters: ["'a'"] };
const about = { message: 'x', $metadata: {} };

test('a query is started in its work group, with its token and its values', async () => {
  athena.on(StartQueryExecutionCommand).resolves({ QueryExecutionId: 'Q' });
  expect(await warehouse.start(query)).toBe('Q');
  expect(await warehouse.start({ ...query, parameters: [] })).toBe('Q');
  const asked = {
    ClientRequestToken: query.token,
    QueryString: query.sql,
    WorkGroup: 'hub',
    QueryExecutionContext: { Database: 'hub' },
  };
  expect(athena.commandCalls(StartQueryExecutionCommand).map(({ args }) => args[0].input)).toEqual([
    { ...asked, ExecutionParameters: ["'a'"] },
    asked,
  ]);
});

test('one that Athena does not take is none; one that comes too often is a fault', async () => {
  athena.on(StartQueryExecutionCommand).rejects(new InvalidRequestException(about));
  expect(await warehouse.start(query)).toBeUndefined();
  athena.on(StartQueryExecutionCommand).rejects(new TooManyRequestsException(about));
  await expect(warehouse.start(query)).rejects.toThrow(TooManyRequestsException);
});

test.each([
  ['QUEUED', 'running'],
  ['RUNNING', 'running'],
  ['SUCCEEDED', 'done'],
  ['FAILED', 'failed'],
  ['CANCELLED', 'failed'],
] as const)('%s is %s', async (State, state) => {
  athena.on(GetQueryExecutionCommand).resolves({ QueryExecution: { Status: { State } } });
  expect(await warehouse.stateOf('Q')).toBe(state);
});

test('a query without a state is a fault', async () => {
  athena.on(GetQueryExecutionCommand).resolves({});
  await expect(warehouse.stateOf('Q')).rejects.toThrow('no state');
});
