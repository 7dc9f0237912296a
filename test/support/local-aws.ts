import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { s3Client } from '../../functions/adapters/s3/client.ts';
import {
  startAwsEndpoint,
  type AwsEndpoint,
  type ObjectCreated,
  type Principal,
  type StreamRecord,
  type TableDefinition,
} from '../../infra/local/aws/endpoint.ts';
import { commit } from '../../functions/adapters/dynamodb/table/write.ts';
import { hubTable } from '../../functions/adapters/dynamodb/table/client.ts';
import type { Table } from '../../functions/adapters/dynamodb/table/reads.ts';
import { reactions, type Reaction } from '../../schemas/contracts/events.ts';

const account = '123456789012';
const region = 'cn-north-1';
const stage = 'test';

/** The hub's storage on a real (if local) AWS endpoint, driven by the SDK's own clients. */
export interface LocalAws {
  readonly url: string;
  readonly table: Table;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  /** Objects created so far, in order. */
  readonly created: ObjectCreated[];
  /** Stream records of the hub's table so far, in order of commit. */
  readonly stream: StreamRecord[];
  readonly buckets: { readonly intake: string; readonly datasets: string; readonly deliveries: string };
  readonly queues: Readonly<
    Record<'intake' | 'large' | 'delivery' | 'largeDelivery' | 'comparisons' | 'largeComparisons' | Reaction, string>
  >;
  /** Waits until `stream` holds what was committed before: records come in order, shortly after their commit. */
  streamed(): Promise<void>;
  /** The URL of a department's mailbox; creates it when first asked. */
  mailbox(department: string): Promise<string>;
  /** Moves the endpoint's clock forward. */
  advance(seconds: number): void;
  stop(): Promise<void>;
}

const principal: Principal = {
  arn: `arn:aws:sts::${account}:assumed-role/hub-${stage}-function/test`,
  account,
  accessKeyId: 'AKIAEXCHANGEHUBTEST0',
  secretAccessKey: 'a-secret-for-tests-only',
  kind: 'function',
};

export const hubTableOf = (name: string): TableDefinition => ({
  TableName: name,
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: ['pk', 'sk', 'listPk', 'listSk', 'duePk', 'dueSk'].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  GlobalSecondaryIndexes: ['list', 'due'].map((IndexName) => ({
    IndexName,
    KeySchema: [
      { AttributeName: `${IndexName}Pk`, KeyType: 'HASH' },
      { AttributeName: `${IndexName}Sk`, KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType: 'ALL' },
  })),
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  BillingMode: 'PAY_PER_REQUEST',
});

/**
 * Starts an endpoint with the hub's table, buckets and queues, empty, and points `process.env` at it, so that every
 * adapter and every `*.lambda.ts` of the process meets it. Call `stop` when done.
 */
export async function startLocalAws(): Promise<LocalAws> {
  const dataDir = await mkdtemp(join(tmpdir(), 'exchange-hub-aws-'));
  const created: ObjectCreated[] = [];
  const stream: StreamRecord[] = [];
  let ahead = 0;
  const endpoint = await startAwsEndpoint({
    port: 0,
    dataDir,
    region,
    account,
    principals: { byAccessKey: (id) => (id === principal.accessKeyId ? principal : undefined) },
    clock: () => new Date(Date.now() + ahead * 1000),
    authorize: () => ({ allowed: true }),
    onObjectCreated: (event) => void created.push(event),
    onStreamRecords: (_table, records) => void stream.push(...records),
  });
  const { buckets, queues } = await furnish(endpoint);
  process.env['HUB_LOOKUPS_KEY'] = endpoint.createMacKey('lookups');
  process.env['HUB_ATTACHMENTS_KEY'] = endpoint.createMacKey('attachments');
  process.env['HUB_COMPARISONS_KEY'] = endpoint.createMacKey('comparisons');
  const mailboxPrefix = queues.intake.replace(/[^/]+$/, `hub-${stage}-mailbox-`);
  setEnvironment(endpoint, buckets, queues, mailboxPrefix);
  const table = hubTable();
  const s3 = s3Client();
  const sqs = new SQSClient({});
  return {
    url: endpoint.url,
    table,
    s3,
    sqs,
    created,
    stream,
    streamed: () => streamed(table, stream),
    buckets,
    queues,
    mailbox: async (department) => (await endpoint.createQueue(`hub-${stage}-mailbox-${department}`, {})).url,
    advance: (seconds) => {
      ahead += seconds;
    },
    async stop() {
      for (const client of [table.client, s3, sqs]) client.destroy();
      await endpoint.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** An item that says nothing to anybody is committed, and awaited. */
async function streamed(table: Table, stream: readonly StreamRecord[]): Promise<void> {
  const marker = `MARKER#${randomUUID()}`;
  const Put = { TableName: table.name, Item: { pk: marker, sk: 'HEAD', kind: 'marker' } };
  await commit(table, [{ Put }]);
  while (stream.every(({ dynamodb }) => dynamodb.Keys['pk']?.['S'] !== marker))
    await new Promise((resolve) => setTimeout(resolve, 5));
}

async function furnish(endpoint: AwsEndpoint) {
  const buckets = {
    intake: `hub-${stage}-intake`,
    datasets: `hub-${stage}-datasets`,
    deliveries: `hub-${stage}-deliveries`,
  };
  await endpoint.createTable(hubTableOf(`hub-${stage}`));
  endpoint.ttl(`hub-${stage}`, 'ttl');
  endpoint.createWorkGroup(`hub-${stage}`);
  endpoint.defineTable({
    name: `"hub_${stage}"."representations"`,
    partitions: ['resource', 'dataset_version', 'epoch'],
    template: `s3://${buckets.datasets}/representations/\${resource}/\${dataset_version}/\${epoch}/`,
  });
  endpoint.defineTable({
    name: `"hub_${stage}"."compared_lists"`,
    partitions: ['run'],
    template: `s3://${buckets.intake}/queries/lists/\${run}/`,
  });
  for (const bucket of Object.values(buckets)) await endpoint.createBucket(bucket, { versioned: true });
  const intake = await endpoint.createQueue(`hub-${stage}-intake`, { VisibilityTimeout: '960' });
  const large = await endpoint.createQueue(`hub-${stage}-intake-large.fifo`, {
    VisibilityTimeout: '960',
    FifoQueue: 'true',
  });
  const delivery = await endpoint.createQueue(`hub-${stage}-delivery-work`, { VisibilityTimeout: '960' });
  const largeDelivery = await endpoint.createQueue(`hub-${stage}-delivery-large`, { VisibilityTimeout: '960' });
  const comparisons = await endpoint.createQueue(`hub-${stage}-comparisons`, { VisibilityTimeout: '960' });
  const largeComparisons = await endpoint.createQueue(`hub-${stage}-comparisons-large.fifo`, {
    VisibilityTimeout: '960',
    FifoQueue: 'true',
  });
  const events = await Promise.all(
    (Object.keys(reactions) as Reaction[]).map(async (name) => {
      const { url } = await endpoint.createQueue(`hub-${stage}-${name}`, { VisibilityTimeout: '960' });
      return [name, url] as const;
    }),
  );
  return {
    buckets,
    queues: {
      intake: intake.url,
      large: large.url,
      delivery: delivery.url,
      largeDelivery: largeDelivery.url,
      comparisons: comparisons.url,
      largeComparisons: largeComparisons.url,
      ...(Object.fromEntries(events) as Record<Reaction, string>),
    },
  };
}

function setEnvironment(
  endpoint: AwsEndpoint,
  buckets: LocalAws['buckets'],
  queues: LocalAws['queues'],
  mailboxPrefix: string,
): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint.url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: principal.accessKeyId,
    AWS_SECRET_ACCESS_KEY: principal.secretAccessKey,
    HUB_STAGE: stage,
    HUB_PARTITION: 'aws',
    HUB_ACCOUNT: account,
    HUB_DEPARTMENT_RATE: '1000',
    HUB_DEPARTMENT_BURST: '5000',
    HUB_TIME_ZONE: 'Asia/Shanghai',
    HUB_TABLE: `hub-${stage}`,
    HUB_INTAKE_BUCKET: buckets.intake,
    HUB_DATASETS_BUCKET: buckets.datasets,
    HUB_DELIVERIES_BUCKET: buckets.deliveries,
    HUB_INTAKE_QUEUE_URL: queues.intake,
    HUB_LARGE_QUEUE_URL: queues.large,
    HUB_LARGE_TURNS: '2',
    HUB_DELIVERY_QUEUE_URL: queues.delivery,
    HUB_LARGE_DELIVERY_QUEUE_URL: queues.largeDelivery,
    HUB_COMPARISONS_QUEUE_URL: queues.comparisons,
    HUB_LARGE_COMPARISONS_QUEUE_URL: queues.largeComparisons,
    HUB_LARGE_COMPARISON_TURNS: '2',
    HUB_ATHENA_WORKGROUP: `hub-${stage}`,
    HUB_GLUE_DATABASE: `hub_${stage}`,
    HUB_COMPARED_HERE_MB: '3072',
    HUB_EVENT_QUEUE_URLS: JSON.stringify(
      Object.fromEntries((Object.keys(reactions) as Reaction[]).map((name) => [name, queues[name]])),
    ),
    // Each function is given its own; here they share an environment, and one that fails is the test's failure.
    HUB_EVENT_QUEUE_URL: queues.dispatch,
    HUB_MAILBOX_URL_PREFIX: mailboxPrefix,
  });
  for (const name of ['AWS_SESSION_TOKEN', 'AWS_PROFILE']) delete process.env[name];
}
