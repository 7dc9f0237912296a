import { systemTimer as timer } from '../../adapters/clock.ts';
import { duckdbMaker } from '../../adapters/duckdb/maker.ts';
import { dynamoRepresentFacts } from '../../adapters/dynamodb/datasets/represent-facts.ts';
import { dynamoRepresentMarks } from '../../adapters/dynamodb/datasets/represent-marks.ts';
import { dynamoRepresentations } from '../../adapters/dynamodb/datasets/representations.ts';
import { hubTable } from '../../adapters/dynamodb/table/client.ts';
import { env } from '../../adapters/env.ts';
import { countBuffersAsHeap } from '../../adapters/external-memory.ts';
import { hubFunction } from '../../adapters/lambda.ts';
import { s3Client } from '../../adapters/s3/client.ts';
import { s3RepresentObjects } from '../../adapters/s3/represent-objects.ts';
import { sqsClient } from '../../adapters/sqs/client.ts';
import { hideFor } from '../../adapters/sqs/visibility.ts';
import { representHandler } from './represent.handler.ts';

countBuffersAsHeap();
const { hub, worker } = hubFunction('represent');
const table = hubTable();

export const handler = worker(
  representHandler({
    facts: dynamoRepresentFacts(table),
    representations: dynamoRepresentations(table),
    marks: dynamoRepresentMarks(table),
    objects: s3RepresentObjects(s3Client(), env('HUB_DATASETS_BUCKET')),
    maker: duckdbMaker({
      memoryMb: Number(env('HUB_DATABASE_MEMORY_MB')),
      spillMb: Number(env('HUB_DATABASE_SPILL_MB')),
      threads: 2,
    }),
    hideFor: hideFor(sqsClient(), [env('HUB_EVENT_QUEUE_URL')]),
    timer,
    ...hub,
  }),
);
