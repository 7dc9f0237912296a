import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { IntakeMessage } from '../../../schemas/contracts/messages.ts';
import type { IntakeQueue } from '../../intake/ports.ts';

export const sqsIntakeQueue = (client: SQSClient, queueUrl: string): IntakeQueue => ({
  async send({ uploadId, provider }, segment) {
    const message: IntakeMessage = { uploadId, ...(segment !== undefined && { segment }) };
    // Fair queues: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
    await client.send(
      new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message), MessageGroupId: provider }),
    );
  },
});
