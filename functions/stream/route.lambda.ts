import { hubFunction } from '../adapters/lambda.ts';
import { sqsClient } from '../adapters/sqs/client.ts';
import { eventQueueUrls, sqsEventQueues } from '../adapters/sqs/event-queues.ts';
import { routeHandler } from './route.handler.ts';

const { hub, worker } = hubFunction('router');

export const handler = worker(routeHandler({ queues: sqsEventQueues(sqsClient(), eventQueueUrls()), ...hub }));
