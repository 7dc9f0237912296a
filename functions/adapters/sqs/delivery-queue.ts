import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { WorkQueue } from '../../delivery/ports.ts';

/** The queue `delivery-work`: fair between providers by MessageGroupId (SQS fair queues). */
export const sqsDeliveryQueue = (client: SQSClient, queueUrl: string): WorkQueue => ({
  async send(provider, work) {
    await client.send(
      new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(work), MessageGroupId: provider }),
    );
  },
});
