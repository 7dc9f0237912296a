import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import type { AwsEndpoint, AwsEndpointOptions } from './contracts.ts';
import { Athena } from './athena/service.ts';
import { DynamoDb } from './dynamodb/service.ts';
import { createFront } from './front/server.ts';
import { Kms } from './kms/service.ts';
import { ObjectStore } from './s3/store.ts';
import { Sqs } from './sqs/service.ts';

export type {
  AwsCall,
  AwsEndpoint,
  AwsEndpointOptions,
  ObjectCreated,
  Principal,
  ProjectedTable,
  StreamRecord,
  TableDefinition,
} from './contracts.ts';

/**
 * Starts S3, DynamoDB, SQS, KMS, STS and Athena on one loopback port, on the data of an earlier run if there is any. Events that
 * an earlier run did not deliver are offered again right after the start; a callback that throws is asked again.
 * @throws Error where the port or the data directory is taken.
 */
export async function startAwsEndpoint(options: AwsEndpointOptions): Promise<AwsEndpoint> {
  const { dataDir, region, account, clock } = options;
  let url = '';
  const store = await ObjectStore.open({
    directory: join(dataDir, 's3'),
    clock,
    onObjectCreated: (event) => options.onObjectCreated(event),
  });
  const dynamodb = await DynamoDb.open({
    region,
    account,
    clock,
    directory: join(dataDir, 'dynamodb'),
    onStreamRecords: (table, records) => options.onStreamRecords(table, records),
  });
  const sqs = await Sqs.open({ region, account, clock, directory: join(dataDir, 'sqs'), baseUrl: () => url });
  const kms = new Kms({ region, account, directory: join(dataDir, 'kms') });
  const athena = new Athena({ region, account, store, directory: join(dataDir, 'athena') });
  const server = createFront({
    ...options,
    store,
    dynamodb: (call) => dynamodb.answer(call),
    sqs: (call) => sqs.answer(call),
    kms: (call) => kms.answer(call),
    athena: (call) => athena.answer(call),
  });
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    createTable: (table) => dynamodb.createTable(table),
    createQueue: async (name, attributes) => sqs.createQueue(name, attributes),
    setAside: (queueName, receiptHandle) => sqs.setAside(queueName, receiptHandle),
    createMacKey: (name) => kms.createMacKey(name),
    createWorkGroup: (name) => athena.createWorkGroup(name),
    defineTable: (projected) => athena.defineTable(projected),
    createBucket: async (name, { versioned }) => store.createBucket(name, versioned),
    ttl: (table, attribute) => dynamodb.ttl(table, attribute),
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await athena.close();
      await Promise.all([store.close(), dynamodb.close()]);
      sqs.close();
    },
  };
}
