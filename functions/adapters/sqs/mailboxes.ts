import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { DeliveryNotice, EventNotice } from '../../../schemas/contracts/notices.ts';

/** One queue per department: `urlPrefix` and its id. The attributes let a department sort its mail without parsing it. */
export const sqsMailboxes = (client: SQSClient, urlPrefix: string) => ({
  async send(to: DepartmentId, notice: DeliveryNotice | EventNotice): Promise<void> {
    await client.send(
      new SendMessageCommand({
        QueueUrl: `${urlPrefix}${to}`,
        MessageBody: JSON.stringify(notice),
        MessageAttributes: attributesOf(notice),
      }),
    );
  },
});

/** As far as the notice is about such things; a message takes ten at most. */
const sortedBy: ReadonlySet<string> = new Set(['type', 'resourceId', 'agreementId']);

const attributesOf = (notice: DeliveryNotice | EventNotice) =>
  Object.fromEntries(
    Object.entries(notice).flatMap(([name, value]) =>
      sortedBy.has(name) && typeof value === 'string' ? [[name, { DataType: 'String', StringValue: value }]] : [],
    ),
  );
