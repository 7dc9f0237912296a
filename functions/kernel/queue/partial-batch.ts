import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Handle } from '../middleware.ts';

/** Of queues and streams alike: only these come again. */
export const failures = (ids: Iterable<string>): SQSBatchResponse => ({
  batchItemFailures: Array.from(ids, (itemIdentifier) => ({ itemIdentifier })),
});

/**
 * The messages of a batch side by side, each by itself; the failed ones are reported, so that one bad message holds up no
 * other. Why one failed is told by then
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html, partial batch responses).
 */
export const partialBatch =
  (handle: Handle<SQSRecord, void>) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const outcomes = await Promise.allSettled(Records.map(handle));
    return failures(Records.flatMap(({ messageId }, at) => (outcomes[at]?.status === 'rejected' ? [messageId] : [])));
  };
