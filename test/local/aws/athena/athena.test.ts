import {
  GetQueryExecutionCommand,
  ListWorkGroupsCommand,
  StartQueryExecutionCommand,
  type StartQueryExecutionCommandInput,
} from '@aws-sdk/client-athena';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { AnEndpoint, check, failure } from '../an-endpoint.ts';

let endpoint: AnEndpoint;
let folder: string;
beforeAll(async () => {
  endpoint = await AnEndpoint.start();
  folder = await mkdtemp(join(tmpdir(), 'athena-'));
  for (const bucket of ['data', 'rows']) await endpoint.aws.createBucket(bucket, { versioned: true });
  endpoint.aws.createWorkGroup('hub');
  endpoint.aws.defineTable({ name: '"hub"."things"', partitions: ['day'], template: 's3://data/things/${day}/' });
  const path = join(folder, 'things.parquet');
  await onDuckdb(
    `COPY (SELECT * FROM (VALUES (1, 'a'), (2, 'b'), (3, '?')) AS t (n, name)) TO '${path}' (FORMAT parquet)`,
  );
  const Body = await readFile(path);
  await endpoint.s3(check).send(new PutObjectCommand({ Bucket: 'data', Key: 'things/monday/1.parquet', Body }));
});
afterAll(async () => {
  await endpoint.stop();
  await rm(folder, { recursive: true });
});

async function onDuckdb(sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(sql)).getRowsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

const athena = () => endpoint.athena(check);
let number = 0;
const unload = (select: string, to = `s3://rows/${++number}/`) =>
  `UNLOAD (${select}) TO '${to}' WITH (format = 'PARQUET', compression = 'SNAPPY')`;
const monday = `SELECT n, name FROM (SELECT * FROM "hub"."things" WHERE day = 'monday')`;
const start = async (QueryString: string, more: Partial<StartQueryExecutionCommandInput> = {}) => {
  const ClientRequestToken = `token-of-a-query-that-is-asked-${++number}`;
  const input = { WorkGroup: 'hub', ClientRequestToken, QueryString, ...more };
  return (await athena().send(new StartQueryExecutionCommand(input))).QueryExecutionId!;
};
async function endOf(QueryExecutionId: string): Promise<string | undefined> {
  for (;;) {
    const { QueryExecution } = await athena().send(new GetQueryExecutionCommand({ QueryExecutionId }));
    if (QueryExecution?.Status?.State !== 'RUNNING') return QueryExecution?.Status?.State;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
async function rowsAt(prefix: string): Promise<unknown[][]> {
  const s3 = endpoint.s3(check);
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'rows', Prefix: prefix }));
  expect(Contents).toHaveLength(1);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'rows', Key: Contents[0]!.Key }));
  const path = join(folder, 'rows.parquet');
  await writeFile(path, await Body!.transformToByteArray());
  return onDuckdb(`SELECT * FROM '${path}' ORDER BY n`);
}

test('a statement’s rows become Parquet at its place; parameters are texts, whatever they hold', async () => {
  const id = await start(unload(`${monday} WHERE name = ? OR name = ?`, 's3://rows/first/'), {
    ExecutionParameters: ["'b'", "'?'"],
  });
  expect(await endOf(id)).toBe('SUCCEEDED');
  expect(await rowsAt('first/')).toEqual([
    [2, 'b'],
    [3, '?'],
  ]);
});

test('the same token is the same query, and no other’s', async () => {
  const token = { ClientRequestToken: 'a-token-that-is-used-more-than-once' };
  const asked = unload(monday, 's3://rows/once/');
  const id = await start(asked, token);
  expect(await start(asked, token)).toBe(id);
  expect(await endOf(id)).toBe('SUCCEEDED');
  expect(await start(asked, token)).toBe(id);
  expect(await failure(start(unload(monday), token))).toBe('InvalidRequestException');
});

test('a place that has something fails the query, and is left as it is', async () => {
  await endOf(await start(unload(monday, 's3://rows/full/')));
  expect(await endOf(await start(unload(monday, 's3://rows/full/')))).toBe('FAILED');
  expect(await rowsAt('full/')).toHaveLength(3);
});

test.each([
  ['a column that no file has', monday.replace('name', 'nobody')],
  ['a day of which there are no files', monday.replace('monday', 'sunday')],
])('%s fails the query', async (_, select) => {
  expect(await endOf(await start(unload(select)))).toBe('FAILED');
});

test.each<[string, string, Partial<StartQueryExecutionCommandInput>]>([
  ['no UNLOAD', monday, {}],
  ['a table that is none', unload(monday.replace('things', 'others')), {}],
  ['a table without its partition', unload(monday.replace("day = 'monday'", "other = 'x'")), {}],
  ['no table', unload('SELECT 1 AS n'), {}],
  ['fewer parameters than question marks', unload(`${monday} WHERE name = ?`), {}],
  ['a parameter that is more than a text', unload(`${monday} WHERE name = ?`), { ExecutionParameters: ["'a' OR 1"] }],
  ['a token that is too short', unload(monday), { ClientRequestToken: 'short' }],
  ['a work group that is none', unload(monday), { WorkGroup: 'other' }],
])('is refused: %s', async (_, sql, more) => {
  expect(await failure(start(sql, more))).toBe('InvalidRequestException');
});

test.each([
  'athena:StartQueryExecution',
  'glue:GetTable',
  's3:ListBucket',
  's3:GetBucketLocation',
  's3:GetObject',
  's3:PutObject',
])('asks for %s, in the name of whoever asks', async (action) => {
  endpoint.denied.add(action);
  expect(await failure(start(unload(monday)))).toBe('AccessDeniedException');
  endpoint.denied.clear();
});

test('refuses what it cannot do', async () => {
  expect(await failure(athena().send(new ListWorkGroupsCommand({})))).toBe('NotImplemented');
  expect(await failure(endOf('of-nobody'))).toBe('InvalidRequestException');
});
