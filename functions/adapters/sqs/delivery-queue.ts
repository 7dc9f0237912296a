import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { WorkQueue } from '../../delivery/ports.ts';
import { env } from '../env.ts';

export interface DeliveryQueues {
  readonly queueUrl: string;
  /** Of passes that take seconds to minutes, with places of their own. */
  readonly largeQueueUrl: string;
}

export const deliveryQueues = (): DeliveryQueues => ({
  queueUrl: env('HUB_DELIVERY_QUEUE_URL'),
  largeQueueUrl: env('HUB_LARGE_DELIVERY_QUEUE_URL'),
});

/** Both queues are fair between providers by MessageGroupId (SQS fair queues). */
export const sqsDeliveryQueue = (client: SQSClient, { queueUrl, largeQueueUrl }: DeliveryQueues): WorkQueue => ({
  async send({ provider, large, message }) {
    await client.send(
      new SendMessageCommand({
        QueueUrl: large ? largeQueueUrl : queueUrl,
        MessageBody: JSON.stringify(message),
        MessageGroupId: provider,
      }),
    );
  },
});
