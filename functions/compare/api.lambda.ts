import { serving } from '../adapters/api-function.ts';
import { dynamoComparisons } from '../adapters/dynamodb/compare/comparisons.ts';
import { comparedFacts } from '../adapters/dynamodb/compare/facts.ts';
import { dynamoReconciliations } from '../adapters/dynamodb/compare/reconciliations.ts';
import { dynamoWatches } from '../adapters/dynamodb/compare/watches.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { kmsClient } from '../adapters/kms/client.ts';
import { kmsMacs } from '../adapters/kms/macs.ts';
import { kmsRunKeys } from '../adapters/kms/run-keys.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { presigningClient, s3Client } from '../adapters/s3/client.ts';
import { s3ListObjects } from '../adapters/s3/list-objects.ts';
import { sqsClient } from '../adapters/sqs/client.ts';
import { comparisonQueues, sqsComparisonQueue } from '../adapters/sqs/comparison-queue.ts';
import { requestDigest } from '../kernel/request-digest.ts';
import { compareEndpoints } from './endpoints.ts';

const served = hubFunction('compare-api');
const table = hubTable();
const facts = comparedFacts(table);
const kms = kmsClient();
const ports = {
  facts,
  comparisons: dynamoComparisons(table),
  watches: dynamoWatches(table),
  reconciliations: dynamoReconciliations(table),
  runKeys: kmsRunKeys(kms, env('HUB_COMPARISONS_KEY')),
  lists: s3ListObjects(s3Client(), env('HUB_INTAKE_BUCKET'), presigningClient()),
  queue: sqsComparisonQueue(sqsClient(), facts, comparisonQueues()),
  ...served.hub,
};

const digest = requestDigest(kmsMacs(kms, env('HUB_LOOKUPS_KEY')));

export const handler = serving(served, compareEndpoints(ports), table, digest);
