import { systemTimer as timer } from '../adapters/clock.ts';
import { openWorkshop } from '../adapters/duckdb/workshop.ts';
import {
  dynamoDerivations,
  dynamoDeriveFacts,
  dynamoDeriveMarks,
  dynamoDeriveNotices,
} from '../adapters/dynamodb/derive/store.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { countBuffersAsHeap } from '../adapters/external-memory.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { s3Client } from '../adapters/s3/client.ts';
import { s3DeriveObjects } from '../adapters/s3/derive-objects.ts';
import { sqsClient } from '../adapters/sqs/client.ts';
import { hideFor } from '../adapters/sqs/visibility.ts';
import { deriveHandler } from './derive.handler.ts';
import { LIMITS } from './domain/limits.ts';

countBuffersAsHeap();
const { hub, worker } = hubFunction('derive');
const table = hubTable();
const sqs = sqsClient();
const queueUrl = env('HUB_EVENT_QUEUE_URL');

export const handler = worker(
  deriveHandler({
    facts: dynamoDeriveFacts(table),
    derivations: dynamoDerivations(table),
    marks: dynamoDeriveMarks(table),
    notices: dynamoDeriveNotices(table),
    objects: s3DeriveObjects(s3Client(), env('HUB_DATASETS_BUCKET')),
    workshop: openWorkshop,
    limits: {
      ...LIMITS,
      memoryMb: Number(env('HUB_DATABASE_MEMORY_MB')),
      spillMb: Number(env('HUB_DATABASE_SPILL_MB')),
    },
    hideFor: hideFor(sqs, [queueUrl]),
    timer,
    ...hub,
  }),
);
