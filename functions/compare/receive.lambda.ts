import { dynamoComparisons } from '../adapters/dynamodb/compare/comparisons.ts';
import { comparedFacts } from '../adapters/dynamodb/compare/facts.ts';
import { dynamoWatches } from '../adapters/dynamodb/compare/watches.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { s3Client } from '../adapters/s3/client.ts';
import { s3ListObjects } from '../adapters/s3/list-objects.ts';
import { sqsClient } from '../adapters/sqs/client.ts';
import { comparisonQueues, sqsComparisonQueue } from '../adapters/sqs/comparison-queue.ts';
import { receiveHandler } from './receive.handler.ts';

const { hub, worker } = hubFunction('compare-receive');
const table = hubTable();

export const handler = worker(
  receiveHandler({
    comparisons: dynamoComparisons(table),
    watches: dynamoWatches(table),
    lists: s3ListObjects(s3Client(), env('HUB_INTAKE_BUCKET')),
    queue: sqsComparisonQueue(sqsClient(), comparedFacts(table), comparisonQueues()),
    ...hub,
  }),
);
