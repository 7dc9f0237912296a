import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeriveEvent } from '../../../schemas/contracts/events.ts';
import type { DeriveQueue } from '../../derive/ports.ts';
import { each, raise } from '../../kernel/each.ts';

/** Into the queue that the router tells of what was committed. */
export const sqsDeriveQueue = (client: SQSClient, QueueUrl: string): DeriveQueue => ({
  async send(ids) {
    const faults = await each(ids, 8, async (resourceId) => {
      const event: DeriveEvent = { type: 'resource-due', resourceId };
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }));
    });
    raise('sending what is to be derived', faults);
  },
});
