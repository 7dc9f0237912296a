import { systemClock } from '../adapters/clock.ts';
import { dynamoSegments } from '../adapters/dynamodb/intake/segments.ts';
import { dynamoUploads } from '../adapters/dynamodb/intake/uploads.ts';
import { dynamoOutbox } from '../adapters/dynamodb/messages.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { sqsClient } from '../adapters/sqs/client.ts';
import { intakeQueues, sqsIntakeQueue } from '../adapters/sqs/intake-queue.ts';
import { sqsNoticeMailboxes } from '../adapters/sqs/notices.ts';
import { followHandler } from '../intake/follow.handler.ts';
import { sendHandler, type StreamRecord } from '../notices/send.handler.ts';

const { log, metrics, worker } = hubFunction('notices');
const table = hubTable();
const sqs = sqsClient();

const follow = followHandler({
  uploads: dynamoUploads(table),
  segments: dynamoSegments(table),
  queue: sqsIntakeQueue(sqs, table, intakeQueues()),
  log,
});
const send = sendHandler({
  outbox: dynamoOutbox(table),
  mailboxes: sqsNoticeMailboxes(sqs, env('HUB_MAILBOX_URL_PREFIX')),
  clock: systemClock,
  log,
  metrics,
});

/**
 * One reader for both capabilities: a shard of the stream takes two readers, and `dispatch` is the other
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html). Neither waits for the other.
 */
export const handler = worker(async (event: { readonly Records: readonly StreamRecord[] }) => {
  const [answer] = await Promise.all([send(event), follow(event)]);
  return answer;
});
