import { DispatchEvent } from '../../schemas/contracts/events.ts';
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
import { hideFor } from '../adapters/sqs/visibility.ts';
import { consume } from '../kernel/queue.ts';
import { dispatch } from './planning/dispatch.handler.ts';

const { hub, worker } = hubFunction('dispatch');
const table = hubTable();
const sqs = sqsClient();

const plan = dispatch({
  facts: dynamoFacts(table),
  marks: dynamoMarks(table),
  deliveries: dynamoDeliveries(table),
  corrections: dynamoCorrections(table),
  extracts: dynamoExtracts(table),
  plans: dynamoReleasePlans(table),
  objects: s3Extracts(s3Client(), env('HUB_DELIVERIES_BUCKET')),
  queue: sqsDeliveryQueue(sqs, deliveryQueues()),
  ...hub,
});

export const handler = worker(
  consume(DispatchEvent, plan, { ...hub, hideFor: hideFor(sqs, [env('HUB_EVENT_QUEUE_URL')]) }),
);
