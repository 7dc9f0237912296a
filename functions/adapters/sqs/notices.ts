import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { EventNotice } from '../../../schemas/contracts/notices.ts';
import type { NoticeMailboxes } from '../../notices/ports.ts';

/** One queue per department: `urlPrefix` and its id. The attributes let a department sort its mail without parsing it. */
export const sqsNoticeMailboxes = (client: SQSClient, urlPrefix: string): NoticeMailboxes => ({
  async tell(to, notice) {
    await client.send(
      new SendMessageCommand({
        QueueUrl: `${urlPrefix}${to}`,
        MessageBody: JSON.stringify(notice),
        MessageAttributes: attributesOf(notice),
      }),
    );
  },
});

/** Those that delivery notices have too, as far as the event is about such things; a message takes ten at most. */
const sortedBy: ReadonlySet<string> = new Set(['type', 'resourceId', 'agreementId']);

const attributesOf = (notice: EventNotice) =>
  Object.fromEntries(
    Object.entries(notice).flatMap(([name, value]) =>
      sortedBy.has(name) && typeof value === 'string' ? [[name, { DataType: 'String', StringValue: value }]] : [],
    ),
  );
