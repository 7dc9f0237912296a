import { systemTimer } from '../adapters/clock.ts';
import { dynamoDeliveries } from '../adapters/dynamodb/delivery/deliveries.ts';
import { dynamoExtracts } from '../adapters/dynamodb/delivery/extracts.ts';
import { dynamoFacts } from '../adapters/dynamodb/delivery/facts.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { countBuffersAsHeap } from '../adapters/external-memory.ts';
import { kmsClient } from '../adapters/kms/client.ts';
import { kmsAttachmentMacs } from '../adapters/kms/macs.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { s3Client } from '../adapters/s3/client.ts';
import { s3ExtractObjects } from '../adapters/s3/extract-store.ts';
import { sqsClient } from '../adapters/sqs/client.ts';
import { deliveryQueues } from '../adapters/sqs/delivery-queue.ts';
import { sqsMailboxes } from '../adapters/sqs/mailboxes.ts';
import { hideFor } from '../adapters/sqs/visibility.ts';
import { deliverHandler } from './sending/deliver.handler.ts';

countBuffersAsHeap();
const { hub, worker } = hubFunction('deliver');
const table = hubTable();
const sqs = sqsClient();

export const handler = worker(
  deliverHandler({
    facts: dynamoFacts(table),
    deliveries: dynamoDeliveries(table),
    extracts: dynamoExtracts(table),
    objects: s3ExtractObjects(s3Client(), {
      datasets: env('HUB_DATASETS_BUCKET'),
      deliveries: env('HUB_DELIVERIES_BUCKET'),
    }),
    attachmentMacs: kmsAttachmentMacs(kmsClient(), env('HUB_ATTACHMENTS_KEY')),
    mailboxes: sqsMailboxes(sqs, env('HUB_MAILBOX_URL_PREFIX')),
    hideFor: hideFor(sqs, Object.values(deliveryQueues())),
    timer: systemTimer,
    ...hub,
  }),
);
