import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  GetQueryExecutionCommand,
  InvalidRequestException,
  StartQueryExecutionCommand,
  type AthenaClient,
  type QueryExecutionState,
} from '@aws-sdk/client-athena';
import {
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Warehouse } from '../../compare/stores.ts';
import { Fault } from '../../kernel/fault.ts';
import { readObject } from '../s3/object-reader.ts';
import { openObject } from '../s3/object-writer.ts';

interface Place {
  /** Both have the hub's tables (infra/constructs/data/). */
  readonly workgroup: string;
  readonly database: string;
  readonly bucket: string;
}

const states: Readonly<Record<QueryExecutionState, 'running' | 'done' | 'failed'>> = {
  QUEUED: 'running',
  RUNNING: 'running',
  SUCCEEDED: 'done',
  FAILED: 'failed',
  CANCELLED: 'failed',
};

const listOf = (place: string): string => `queries/lists/${place}/`;
const ROWS = 'queries/rows/';
const rowsOf = (rows: string): string => `${ROWS}${rows}/`;

/** Athena over the representations in the store; keys and rows pass through a bucket, and are removed with the run. */
export function athenaWarehouse(athena: AthenaClient, s3: S3Client, { workgroup, database, bucket }: Place): Warehouse {
  const keysIn = (prefix: string) => keysUnder(s3, bucket, prefix);
  return {
    database,
    rowsAt: `s3://${bucket}/${ROWS}`,

    async stage(place, path) {
      for await (const _there of keysIn(listOf(place))) return;
      const writer = openObject(s3, bucket, `${listOf(place)}keys.parquet`);
      try {
        for await (const chunk of createReadStream(path)) await writer.write(chunk as Uint8Array);
        await writer.close();
      } finally {
        await writer.abort();
      }
    },

    async start({ token, sql, parameters }) {
      const command = new StartQueryExecutionCommand({
        ClientRequestToken: token,
        QueryString: sql,
        WorkGroup: workgroup,
        QueryExecutionContext: { Database: database },
        ...(parameters.length > 0 && { ExecutionParameters: [...parameters] }),
      });
      try {
        return (await athena.send(command)).QueryExecutionId;
      } catch (error) {
        // Of its statement, which is the same the next time.
        if (error instanceof InvalidRequestException) return undefined;
        throw error;
      }
    },

    async stateOf(query) {
      const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId: query }));
      const state = QueryExecution?.Status?.State;
      if (state === undefined) throw new Fault('a query has no state');
      return states[state];
    },

    async fetch(rows, folder) {
      const paths: string[] = [];
      for await (const key of keysIn(rowsOf(rows))) {
        const path = join(folder, `rows-${paths.length}.parquet`);
        await pipeline(await readObject(s3, bucket, key), createWriteStream(path));
        paths.push(path);
      }
      return paths;
    },

    async remove(place) {
      for (const prefix of [listOf(place), rowsOf(place)]) await removeUnder(s3, bucket, prefix);
    },
  };
}

async function* keysUnder(client: S3Client, Bucket: string, Prefix: string): AsyncGenerator<string> {
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix }))
    for (const { Key } of Contents) if (Key !== undefined) yield Key;
}

/** Every version, for good; a page at a time, until none is left. */
async function removeUnder(client: S3Client, Bucket: string, Prefix: string): Promise<void> {
  for (;;) {
    const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
    if (Versions.length === 0) return;
    for (const { Key, VersionId } of Versions) await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
  }
}
