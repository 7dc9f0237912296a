import type { SQSRecord } from 'aws-lambda';
import type { HoldingPorts } from '../holding.ts';
import type { Middleware } from '../middleware.ts';

/** Seconds until the next try of a message that failed: 2, 4, 8 … at most 5 minutes. */
export const backoff = (attempt: number): number => Math.min(300, 2 ** Math.min(attempt, 9));

/** A message that failed comes again sooner than its queue would show it, and later at each attempt. */
export const backedOff =
  ({ log, hideFor }: Pick<HoldingPorts, 'log' | 'hideFor'>): Middleware<SQSRecord, SQSRecord, void> =>
  (next) =>
  async (record) => {
    try {
      await next(record);
    } catch (fault) {
      const { messageId, attributes } = record;
      await hideFor(record, backoff(Number(attributes.ApproximateReceiveCount))).catch((error: unknown) =>
        log.warn('visibility not changed', { messageId, error }),
      );
      throw fault;
    }
  };
