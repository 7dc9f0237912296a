import { dynamoDeliveries } from '../adapters/dynamodb/delivery/deliveries.ts';
import { dynamoFacts } from '../adapters/dynamodb/delivery/facts.ts';
import { dynamoReleasePlans } from '../adapters/dynamodb/delivery/release-plans.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { sqsClient } from '../adapters/sqs/client.ts';
import { deliveryQueues, sqsDeliveryQueue } from '../adapters/sqs/delivery-queue.ts';
import { releaseHandler } from './planning/release.handler.ts';

const { hub, worker } = hubFunction('release');
const table = hubTable();

export const handler = worker(
  releaseHandler({
    facts: dynamoFacts(table),
    deliveries: dynamoDeliveries(table),
    plans: dynamoReleasePlans(table),
    queue: sqsDeliveryQueue(sqsClient(), deliveryQueues()),
    ...hub,
  }),
);
