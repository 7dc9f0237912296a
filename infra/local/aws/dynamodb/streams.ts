import type { Level } from 'dynalite/db/index.js';

import type { Item, StreamRecord } from '../contracts.ts';
import { Outbox } from '../outbox.ts';
import type { Change } from './overlay.ts';

const OUTBOX = 'hub-outbox~';
const AFTER_OUTBOX = 'hub-outbox\u007f';
/** As many records as an event source mapping takes by default. */
const BATCH_SIZE = 100;

interface Pending {
  readonly table: string;
  readonly records: StreamRecord[];
}

interface Stored {
  readonly table: string;
  readonly record: StreamRecord;
}

/** Hands committed records on, in the order of commits; consecutive ones of a table together. */
export function streamOutbox(
  level: Level,
  deliver: (table: string, records: readonly StreamRecord[]) => void | Promise<void>,
): Outbox<Pending, readonly string[]> {
  return new Outbox<Pending, readonly string[]>({
    async pending() {
      const batches: { id: string[]; event: Pending }[] = [];
      for await (const [key, value] of level.iterator({ gte: OUTBOX, lt: AFTER_OUTBOX, limit: BATCH_SIZE })) {
        const { table, record } = value as Stored;
        const last = batches.at(-1);
        if (last?.event.table === table) {
          last.event.records.push(record);
          last.id.push(key);
        } else {
          batches.push({ id: [key], event: { table, records: [record] } });
        }
      }
      return batches;
    },
    deliver: async ({ table, records }) => deliver(table, records),
    settle: (keys) => level.batch(keys.map((key) => ({ type: 'del', key }))),
  });
}

export const outboxEntry = (table: string, record: StreamRecord): { key: string; value: Stored } => ({
  key: OUTBOX + record.dynamodb.SequenceNumber,
  value: { table, record },
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
      Keys: Object.fromEntries(context.keyNames.map((name) => [name, item[name] ?? {}])) as Item,
      ...images,
      SequenceNumber: context.sequenceNumber,
      SizeBytes: Buffer.byteLength(JSON.stringify(images)),
      StreamViewType: context.view,
    },
    ...(context.byTtl ? { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } } : {}),
  };
}
