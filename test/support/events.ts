import type { DynamoDBBatchResponse, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Log } from '../../functions/kernel/ports.ts';
import type { Routed } from '../../functions/stream/domain/routes.ts';
import { routeHandler, type StreamRecord } from '../../functions/stream/route.handler.ts';
import type { Reaction } from '../../schemas/contracts/events.ts';

let messages = 0;
export const sqsRecord = (message: unknown): SQSRecord => ({
  messageId: `message-${++messages}`,
  receiptHandle: 'handle',
  body: JSON.stringify(message),
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:cn-north-1:123456789012:delivery-work',
  awsRegion: 'cn-north-1',
  messageAttributes: {},
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '0',
    SenderId: 'hub',
    ApproximateFirstReceiveTimestamp: '0',
  },
});

/**
 * What the table's stream tells, to one who reacts: router, queue, consumer; record by record and event by event. Answers
 * which records failed, on either side.
 */
export const reacting =
  (to: Reaction, consumer: (event: SQSEvent) => Promise<SQSBatchResponse>, log: Log) =>
  async (...records: readonly StreamRecord[]): Promise<DynamoDBBatchResponse> => {
    const failed: DynamoDBBatchResponse['batchItemFailures'] = [];
    for (const record of records) {
      const sent: Routed[] = [];
      const send = async (routed: readonly Routed[]) => {
        sent.push(...routed);
        return [];
      };
      failed.push(...(await routeHandler({ queues: { send }, log })({ Records: [record] })).batchItemFailures);
      for (const { event } of sent.filter((routed) => routed.to === to)) {
        const { batchItemFailures } = await consumer({ Records: [sqsRecord(event)] });
        failed.push(...batchItemFailures.map(() => ({ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' })));
      }
    }
    return { batchItemFailures: failed };
  };
