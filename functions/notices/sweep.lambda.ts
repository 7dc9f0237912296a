import { dynamoOutbox } from '../adapters/dynamodb/messages.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { sqsClient } from '../adapters/sqs/client.ts';
import { sqsMailboxes } from '../adapters/sqs/mailboxes.ts';
import { sweepHandler } from './sweep.handler.ts';

const { hub, worker } = hubFunction('notices-sweep');

export const handler = worker(
  sweepHandler({
    outbox: dynamoOutbox(hubTable()),
    mailboxes: sqsMailboxes(sqsClient(), env('HUB_MAILBOX_URL_PREFIX')),
    ...hub,
  }),
);
