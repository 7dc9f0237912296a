import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';

/**
 * Makes a message visible again after so many seconds: a queue whose visibility outlasts its function's 15 minutes
 * would otherwise keep a failed message for as long.
 */
export const retryIn =
  (client: SQSClient, queueUrl: string) =>
  async (record: SQSRecord, seconds: number): Promise<void> => {
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: record.receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  };
