import { NoticeCommitted } from '../../schemas/contracts/events.ts';
import { dynamoOutbox } from '../adapters/dynamodb/messages.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { sqsClient } from '../adapters/sqs/client.ts';
import { sqsMailboxes } from '../adapters/sqs/mailboxes.ts';
import { hideFor } from '../adapters/sqs/visibility.ts';
import { consume } from '../kernel/queue.ts';
import { sendOrLeave } from './send.ts';

const { hub, worker } = hubFunction('notices');
const sqs = sqsClient();

const ports = {
  outbox: dynamoOutbox(hubTable()),
  mailboxes: sqsMailboxes(sqs, env('HUB_MAILBOX_URL_PREFIX')),
  ...hub,
};

export const handler = worker(
  // What the hub itself could not do comes again; a mailbox that fails is no reason for that.
  consume(NoticeCommitted, ({ noticeId }) => sendOrLeave(ports, noticeId), {
    ...hub,
    hideFor: hideFor(sqs, [env('HUB_EVENT_QUEUE_URL')]),
  }),
);
