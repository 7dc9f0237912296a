import { CompareMessage } from '../../schemas/contracts/messages.ts';
import { systemTimer as timer } from '../adapters/clock.ts';
import { athenaClient } from '../adapters/athena/client.ts';
import { athenaWarehouse } from '../adapters/athena/warehouse.ts';
import { comparing } from '../adapters/duckdb/comparing.ts';
import { watching } from '../adapters/duckdb/watching.ts';
import { dynamoComparisons } from '../adapters/dynamodb/compare/comparisons.ts';
import { comparedFacts } from '../adapters/dynamodb/compare/facts.ts';
import { dynamoReconciliations } from '../adapters/dynamodb/compare/reconciliations.ts';
import { dynamoWatches } from '../adapters/dynamodb/compare/watches.ts';
import { dynamoDeliveries } from '../adapters/dynamodb/delivery/deliveries.ts';
import { dynamoExtracts } from '../adapters/dynamodb/delivery/extracts.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { kmsClient } from '../adapters/kms/client.ts';
import { kmsAttachmentMacs } from '../adapters/kms/macs.ts';
import { kmsRunKeys } from '../adapters/kms/run-keys.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { s3Client } from '../adapters/s3/client.ts';
import { s3ListObjects } from '../adapters/s3/list-objects.ts';
import { s3Staging } from '../adapters/s3/staging.ts';
import { s3KeptObjects } from '../adapters/s3/kept-objects.ts';
import { sqsClient } from '../adapters/sqs/client.ts';
import { sqsMailboxes } from '../adapters/sqs/mailboxes.ts';
import { hideFor } from '../adapters/sqs/visibility.ts';
import { held } from '../kernel/holding.ts';
import { consume } from '../kernel/queue.ts';
import { compareHandler } from './compare.handler.ts';
import { lookHandler } from './watches/look.handler.ts';

const { hub, worker } = hubFunction('compare');
const table = hubTable();
const s3 = s3Client();
const sqs = sqsClient();
const kms = kmsClient();

// With Node, and what reads and writes files, within the function's memory; on its disk beside both sides and the result.
const database = { memoryMb: 1200, spillMb: 3072, threads: 2 };

const both = {
  facts: comparedFacts(table),
  lists: s3ListObjects(s3, env('HUB_INTAKE_BUCKET')),
  staging: s3Staging(s3, {
    intake: env('HUB_INTAKE_BUCKET'),
    datasets: env('HUB_DATASETS_BUCKET'),
    deliveries: env('HUB_DELIVERIES_BUCKET'),
  }),
  kept: s3KeptObjects(s3, env('HUB_DATASETS_BUCKET')),
  timer,
  ...hub,
};

const compare = compareHandler({
  ...both,
  comparisons: dynamoComparisons(table),
  reconciliations: dynamoReconciliations(table),
  results: dynamoExtracts(table),
  engine: comparing(database),
  warehouse: athenaWarehouse(athenaClient(), s3, {
    workgroup: env('HUB_ATHENA_WORKGROUP'),
    database: env('HUB_GLUE_DATABASE'),
    bucket: env('HUB_INTAKE_BUCKET'),
  }),
  mostBytesHere: Number(env('HUB_COMPARED_HERE_MB')) * 1024 ** 2,
  attachmentMacs: kmsAttachmentMacs(kms, env('HUB_ATTACHMENTS_KEY')),
  runKeys: kmsRunKeys(kms, env('HUB_COMPARISONS_KEY')),
  mailboxes: sqsMailboxes(sqs, env('HUB_MAILBOX_URL_PREFIX')),
  deliveries: dynamoDeliveries(table),
});

const look = lookHandler({
  ...both,
  watches: dynamoWatches(table),
  watching: watching(database),
});

const work = (message: CompareMessage): Promise<void> => ('watchId' in message ? look(message) : compare(message));

const queues = {
  ...hub,
  timer,
  hideFor: hideFor(sqs, [env('HUB_COMPARISONS_QUEUE_URL'), env('HUB_LARGE_COMPARISONS_QUEUE_URL')]),
};

export const handler = worker(consume(CompareMessage, held(work, queues), queues));
