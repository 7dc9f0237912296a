import { dynamoSegments } from '../adapters/dynamodb/intake/segments.ts';
import { dynamoUploads } from '../adapters/dynamodb/intake/uploads.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { sqsClient } from '../adapters/sqs/client.ts';
import { intakeQueues, sqsIntakeQueue } from '../adapters/sqs/intake-queue.ts';
import { receiveHandler } from './receive.handler.ts';

const table = hubTable();
const { hub, worker } = hubFunction('receive');

export const handler = worker(
  receiveHandler({
    uploads: dynamoUploads(table),
    segments: dynamoSegments(table),
    queue: sqsIntakeQueue(sqsClient(), table, intakeQueues()),
    ...hub,
  }),
);
