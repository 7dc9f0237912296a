import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ResourceId } from '../../../schemas/contracts/ids.ts';
import { each, raise } from '../../kernel/each.ts';

/** Word that resources are due, into a queue that the router tells of what was committed. */
export const sqsDueResources = (client: SQSClient, QueueUrl: string) => ({
  async send(ids: readonly ResourceId[]): Promise<void> {
    const faults = await each(ids, 8, async (resourceId) => {
      const MessageBody = JSON.stringify({ type: 'resource-due', resourceId });
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    });
    raise('telling that resources are due', faults);
  },
});
