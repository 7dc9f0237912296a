import { dynamoCorrections } from '../adapters/dynamodb/delivery/corrections.ts';
import { dynamoDeliveries } from '../adapters/dynamodb/delivery/deliveries.ts';
import { dynamoExtracts } from '../adapters/dynamodb/delivery/extracts.ts';
import { dynamoFacts, dynamoMarks } from '../adapters/dynamodb/delivery/facts.ts';
import { dynamoReleasePlans } from '../adapters/dynamodb/delivery/release-plans.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { s3Client } from '../adapters/s3/client.ts';
import { s3Extracts } from '../adapters/s3/extract-store.ts';
import { sqsClient } from '../adapters/sqs/client.ts';
import { deliveryQueues, sqsDeliveryQueue } from '../adapters/sqs/delivery-queue.ts';
import { sqsMailboxes } from '../adapters/sqs/mailboxes.ts';
import { sweepHandler } from './sweep.handler.ts';

const { hub, worker } = hubFunction('delivery-sweep');
const table = hubTable();
const sqs = sqsClient();

export const handler = worker(
  sweepHandler({
    facts: dynamoFacts(table),
    marks: dynamoMarks(table),
    deliveries: dynamoDeliveries(table),
    corrections: dynamoCorrections(table),
    extracts: dynamoExtracts(table),
    plans: dynamoReleasePlans(table),
    objects: s3Extracts(s3Client(), env('HUB_DELIVERIES_BUCKET')),
    queue: sqsDeliveryQueue(sqs, deliveryQueues()),
    mailboxes: sqsMailboxes(sqs, env('HUB_MAILBOX_URL_PREFIX')),
    ...hub,
  }),
);
