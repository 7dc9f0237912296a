import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { z } from 'zod';
import { loosened } from '../../schemas/stored/loosened.ts';
import { traceOf, type Trace } from './about.ts';
import { holdMessage, type HoldingPorts } from './holding.ts';

export type QueuePorts = HoldingPorts;

/** Seconds until the next try of a message that failed: 2, 4, 8 … at most 5 minutes. */
export const backoff = (attempt: number): number => Math.min(300, 2 ** Math.min(attempt, 9));

/**
 * Handles each message by itself, held while that goes on, and reports only the failed ones, so that one bad message
 * holds up no other
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html, partial batch responses).
 */
export const consume =
  <S extends z.ZodType>(
    schema: S,
    handle: (message: z.output<S>, record: SQSRecord) => Promise<void>,
    ports: QueuePorts,
  ) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const failed: string[] = [];
    for (const record of event.Records) {
      const { messageId } = record;
      const attempts = Number(record.attributes.ApproximateReceiveCount);
      const release = holdMessage(ports, record);
      let ids: Trace = {};
      try {
        const message = loosened(schema).parse(JSON.parse(record.body));
        ids = traceOf(message);
        await handle(message, record);
        await release();
      } catch (error) {
        ports.log.error('message failed', { ...ids, messageId, attempts, error });
        failed.push(messageId);
        await release();
        await ports
          .hideFor(record, backoff(attempts))
          .catch((error: unknown) => ports.log.warn('visibility not changed', { ...ids, messageId, error }));
      }
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
