import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { Fault } from '../../kernel/fault.ts';

/** Has a received message seen again after so many seconds from now, whatever the visibility of its queue. */
export const hideFor =
  (client: SQSClient, queueUrls: readonly string[]) =>
  async (record: SQSRecord, seconds: number): Promise<void> => {
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: urlOf(record, queueUrls),
        ReceiptHandle: record.receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  };

/** Of the queues that a function is invoked from: an ARN and a URL end with the queue's name. */
function urlOf({ eventSourceARN }: SQSRecord, queueUrls: readonly string[]): string {
  const name = eventSourceARN.slice(eventSourceARN.lastIndexOf(':') + 1);
  const url = queueUrls.find((each) => each.endsWith(`/${name}`));
  if (url === undefined) throw new Fault(`the function does not know the queue ${name}`);
  return url;
}
