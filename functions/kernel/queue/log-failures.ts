import type { SQSRecord } from 'aws-lambda';
import type { Trace } from '../about.ts';
import type { Middleware } from '../middleware.ts';
import type { Log } from '../ports.ts';

export interface Logged {
  readonly record: SQSRecord;
  /** Said by the message's line of the log, if there is one. */
  readonly note: (ids: Trace) => void;
}

/** One line for each message that failed, with its ids where it could be read. */
export const failuresLogged =
  ({ log }: { readonly log: Log }): Middleware<SQSRecord, Logged, void> =>
  (next) =>
  async (record) => {
    let ids: Trace = {};
    try {
      await next({ record, note: (more) => void (ids = { ...ids, ...more }) });
    } catch (error) {
      const { messageId, attributes } = record;
      log.error('message failed', { ...ids, messageId, attempts: Number(attributes.ApproximateReceiveCount), error });
      throw error;
    }
  };
