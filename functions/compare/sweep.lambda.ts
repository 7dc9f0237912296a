import { dynamoComparisons } from '../adapters/dynamodb/compare/comparisons.ts';
import { comparedFacts } from '../adapters/dynamodb/compare/facts.ts';
import { dynamoReconciliations } from '../adapters/dynamodb/compare/reconciliations.ts';
import { dynamoWatches } from '../adapters/dynamodb/compare/watches.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { s3Client } from '../adapters/s3/client.ts';
import { s3ListObjects } from '../adapters/s3/list-objects.ts';
import { s3KeptObjects } from '../adapters/s3/kept-objects.ts';
import { sqsClient } from '../adapters/sqs/client.ts';
import { comparisonQueues, sqsComparisonQueue } from '../adapters/sqs/comparison-queue.ts';
import { anotherTurn } from '../kernel/turns.ts';
import { sweepHandler } from './sweep.handler.ts';

const { hub, worker } = hubFunction('compare-sweep');
const table = hubTable();
const s3 = s3Client();
const facts = comparedFacts(table);

export const handler = worker(
  sweepHandler({
    comparisons: dynamoComparisons(table),
    watches: dynamoWatches(table),
    reconciliations: dynamoReconciliations(table),
    facts,
    lists: s3ListObjects(s3, env('HUB_INTAKE_BUCKET')),
    kept: s3KeptObjects(s3, env('HUB_DATASETS_BUCKET')),
    queue: sqsComparisonQueue(sqsClient(), facts, comparisonQueues(), anotherTurn(Math.random)),
    ...hub,
  }),
);
