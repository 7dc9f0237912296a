import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { RepresentEvent } from '../../../schemas/contracts/events.ts';
import type { RepresentQueue } from '../../datasets/represent/ports.ts';
import { each, raise } from '../../kernel/each.ts';

/** Into the queue that the router tells of what was committed. */
export const sqsRepresentQueue = (client: SQSClient, QueueUrl: string): RepresentQueue => ({
  async send(ids) {
    const faults = await each(ids, 8, async (resourceId) => {
      const event: RepresentEvent = { type: 'resource-due', resourceId };
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }));
    });
    raise('sending what is to be represented', faults);
  },
});
