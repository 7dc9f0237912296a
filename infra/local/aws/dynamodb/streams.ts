import type { Level } from 'dynalite/db/index.js';

import type { StreamRecord } from '../contracts.ts';
import { OrderlyDelivery } from '../events/orderly.ts';
import type { Change } from './overlay.ts';

const prefix = (table: string): string => `hub-stream~${table}~`;
/** As many records as an event source mapping takes by default. */
const BATCH_SIZE = 100;

/**
 * Hands a table's committed records on in the order of commits, the next batch once the last was taken. It goes on behind what
 * was taken: LevelDB would look over all that was deleted there.
 */
export function streamOf(
  table: string,
  level: Level,
  deliver: (table: string, records: readonly StreamRecord[]) => void | Promise<void>,
): OrderlyDelivery<readonly StreamRecord[], readonly string[]> {
  let taken = prefix(table);
  return new OrderlyDelivery<readonly StreamRecord[], readonly string[]>({
    async pending() {
      const range = { gt: taken, lt: `${prefix(table)}\u007f`, limit: BATCH_SIZE };
      const found = await level.iterator(range).all();
      const event = found.map(([, value]) => value as StreamRecord);
      return found.length > 0 ? [{ id: found.map(([key]) => key), event }] : [];
    },
    deliver: async (records) => deliver(table, records),
    async settle(keys) {
      await level.batch(keys.map((key) => ({ type: 'del', key })));
      taken = keys.at(-1) ?? taken;
    },
  });
}

export const streamEntry = (table: string, record: StreamRecord): { key: string; value: StreamRecord } => ({
  key: prefix(table) + record.dynamodb.SequenceNumber,
  value: record,
});

export interface StreamContext {
  readonly region: string;
  readonly streamArn: string;
  readonly view: string;
  readonly keyNames: readonly string[];
  readonly at: Date;
  readonly sequenceNumber: string;
  /** A deletion by TTL is told from a caller's. */
  readonly byTtl: boolean;
}

export function streamRecord(change: Change, context: StreamContext): StreamRecord {
  const item = change.new ?? change.old ?? {};
  const images = {
    ...(change.new && /NEW/.test(context.view) ? { NewImage: change.new } : {}),
    ...(change.old && /OLD/.test(context.view) ? { OldImage: change.old } : {}),
  };
  return {
    eventID: context.sequenceNumber.padStart(32, '0'),
    eventName: change.old ? (change.new ? 'MODIFY' : 'REMOVE') : 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: context.region,
    eventSourceARN: context.streamArn,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(context.at.getTime() / 1000),
      Keys: Object.fromEntries(context.keyNames.map((name) => [name, item[name] ?? {}])),
      ...images,
      SequenceNumber: context.sequenceNumber,
      SizeBytes: Buffer.byteLength(JSON.stringify(images)),
      StreamViewType: context.view,
    },
    ...(context.byTtl ? { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } } : {}),
  };
}
