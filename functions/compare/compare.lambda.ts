import { ComparisonMessage } from '../../schemas/contracts/messages.ts';
import { systemTimer as timer } from '../adapters/clock.ts';
import { comparing } from '../adapters/duckdb/comparing.ts';
import { dynamoComparisons } from '../adapters/dynamodb/compare/comparisons.ts';
import { comparedFacts } from '../adapters/dynamodb/compare/facts.ts';
import { dynamoDeliveries } from '../adapters/dynamodb/delivery/deliveries.ts';
import { dynamoExtracts } from '../adapters/dynamodb/delivery/extracts.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { s3Client } from '../adapters/s3/client.ts';
import { s3ListObjects } from '../adapters/s3/list-objects.ts';
import { s3Staging } from '../adapters/s3/staging.ts';
import { sqsClient } from '../adapters/sqs/client.ts';
import { sqsMailboxes } from '../adapters/sqs/mailboxes.ts';
import { hideFor } from '../adapters/sqs/visibility.ts';
import { held } from '../kernel/holding.ts';
import { consume } from '../kernel/queue.ts';
import { compareHandler } from './compare.handler.ts';

const { hub, worker } = hubFunction('compare');
const table = hubTable();
const s3 = s3Client();
const sqs = sqsClient();

const compare = compareHandler({
  facts: comparedFacts(table),
  comparisons: dynamoComparisons(table),
  lists: s3ListObjects(s3, env('HUB_INTAKE_BUCKET')),
  results: dynamoExtracts(table),
  staging: s3Staging(s3, {
    intake: env('HUB_INTAKE_BUCKET'),
    datasets: env('HUB_DATASETS_BUCKET'),
    deliveries: env('HUB_DELIVERIES_BUCKET'),
  }),
  // With Node, and what reads and writes files, within the function's memory; on its disk beside both sides and the result.
  engine: comparing({ memoryMb: 1200, spillMb: 3072, threads: 2 }),
  mailboxes: sqsMailboxes(sqs, env('HUB_MAILBOX_URL_PREFIX')),
  deliveries: dynamoDeliveries(table),
  timer,
  ...hub,
});

const queues = {
  ...hub,
  timer,
  hideFor: hideFor(sqs, [env('HUB_COMPARISONS_QUEUE_URL'), env('HUB_LARGE_COMPARISONS_QUEUE_URL')]),
};

export const handler = worker(consume(ComparisonMessage, held(compare, queues), queues));
