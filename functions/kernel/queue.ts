import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { z } from 'zod';
import { loosened } from '../../schemas/stored/loosened.ts';
import { traceOf, type Trace } from './about.ts';
import { holdMessage, type HoldingPorts } from './holding.ts';

export type QueuePorts = Pick<HoldingPorts, 'log' | 'hideFor'>;

type Handle<M> = (message: M, record: SQSRecord) => Promise<void>;

/** Seconds until the next try of a message that failed: 2, 4, 8 … at most 5 minutes. */
export const backoff = (attempt: number): number => Math.min(300, 2 ** Math.min(attempt, 9));

/**
 * Handles the messages of a batch side by side, each by itself, and reports only the failed ones, so that one bad message
 * holds up no other
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html, partial batch responses).
 */
export const consume =
  <S extends z.ZodType>(schema: S, handle: Handle<z.output<S>>, { log, hideFor }: QueuePorts) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const failed = await Promise.all(
      Records.map(async (record) => {
        const { messageId } = record;
        const attempts = Number(record.attributes.ApproximateReceiveCount);
        let ids: Trace = {};
        try {
          const message = loosened(schema).parse(JSON.parse(record.body));
          ids = traceOf(message);
          await handle(message, record);
          return [];
        } catch (error) {
          log.error('message failed', { ...ids, messageId, attempts, error });
          await hideFor(record, backoff(attempts)).catch((error: unknown) =>
            log.warn('visibility not changed', { ...ids, messageId, error }),
          );
          return [{ itemIdentifier: messageId }];
        }
      }),
    );
    return { batchItemFailures: failed.flat() };
  };

/** Work that may take long: its message is held while it goes on. */
export const held =
  <M>(handle: Handle<M>, ports: HoldingPorts): Handle<M> =>
  async (message, record) => {
    const release = holdMessage(ports, record);
    try {
      await handle(message, record);
    } finally {
      await release();
    }
  };
