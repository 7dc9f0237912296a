import { FollowEvent } from '../../schemas/contracts/events.ts';
import { dynamoSegments } from '../adapters/dynamodb/intake/segments.ts';
import { dynamoUploads } from '../adapters/dynamodb/intake/uploads.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { sqsClient } from '../adapters/sqs/client.ts';
import { intakeQueues, sqsIntakeQueue } from '../adapters/sqs/intake-queue.ts';
import { hideFor } from '../adapters/sqs/visibility.ts';
import { consume } from '../kernel/queue.ts';
import { followHandler } from './follow.handler.ts';

const { hub, worker } = hubFunction('intake-follow');
const table = hubTable();
const sqs = sqsClient();

const follow = followHandler({
  uploads: dynamoUploads(table),
  segments: dynamoSegments(table),
  queue: sqsIntakeQueue(sqs, table, intakeQueues()),
  ...hub,
});

export const handler = worker(
  consume(FollowEvent, follow, { ...hub, hideFor: hideFor(sqs, [env('HUB_EVENT_QUEUE_URL')]) }),
);
