import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Mailboxes } from '../../delivery/ports.ts';

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

/** One queue per department: `urlPrefix` and its id. The attributes let a consumer sort its mail without parsing it. */
export const sqsMailboxes = (client: SQSClient, urlPrefix: string): Mailboxes => ({
  async send(consumer, notice) {
    await client.send(
      new SendMessageCommand({
        QueueUrl: `${urlPrefix}${consumer}`,
        MessageBody: JSON.stringify(notice),
        MessageAttributes: {
          type: text(notice.type),
          resourceId: text(notice.resourceId),
          agreementId: text(notice.agreementId),
        },
      }),
    );
  },
});
