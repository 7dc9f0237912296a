import { dynamoOutbox } from '../../functions/adapters/dynamodb/messages.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { readItem } from '../../functions/adapters/dynamodb/table/reads.ts';
import { walk } from '../../functions/adapters/dynamodb/table/walk.ts';
import { fromItem } from '../../functions/adapters/dynamodb/table/items.ts';
import { watchedListKey } from '../../functions/compare/domain/places.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import { Evidence } from '../../schemas/contracts/evidence.ts';
import type { WatchId } from '../../schemas/contracts/ids.ts';
import type { EventNotice } from '../../schemas/contracts/notices.ts';
import type { KeyWatch } from '../../schemas/contracts/watches.ts';
import { department, lookupTerms } from '../support/builders.ts';
import type { LocalAws } from '../support/local-aws.ts';
import { records, type TestHub } from './hub.ts';

export const keysOf = (...codes: readonly string[]) => codes.map((org_code) => ({ org_code }));

/** The records of the hub's dataset, some of them otherwise; `undefined`: it is gone. */
export const with_ = (
  changes: Readonly<Record<string, Readonly<Record<number, string>> | undefined>>,
  ...more: string[][]
) => [
  ...records.flatMap((record) => {
    const code = record[0];
    if (!(code in changes)) return [[...record]];
    const change = changes[code];
    return change ? [record.map((cell, i) => change[i] ?? cell)] : [];
  }),
  ...more,
];

/** What tests of watches do with a hub. */
export function watchingOn(hub: TestHub, aws: LocalAws) {
  const on = {
    /** In force, of mode `lookup`. */
    agree: (changes: Parameters<typeof lookupTerms>[0] = {}, more: Partial<Agreement> = {}): Promise<Agreement> =>
      hub.agree({}, { terms: lookupTerms({ fields: ['name'], watchKeys: 10, ...changes }) as never, ...more }),
    call: (agreement: Agreement, body: object, as = 'tax', headers: Record<string, string> = {}) =>
      hub.call<{ watchId: WatchId; put?: { url: string; headers: Record<string, string> } }>('lodgeKeys', as, {
        body: { agreementId: agreement.agreementId, ...body },
        headers,
      }),
    /** Lodged and, if they can be, watched. */
    async lodge(agreement: Agreement, ...codes: readonly string[]): Promise<WatchId> {
      const { status, body } = await on.call(agreement, { keys: keysOf(...codes) });
      if (status !== 201) throw new Error(JSON.stringify(body));
      await on.look(body.watchId);
      return body.watchId;
    },
    /** Keys of a call come, and are looked at. */
    async look(id: WatchId): Promise<void> {
      await on.come(id);
      await hub.look(id);
    },
    come: (id: WatchId) => hub.created(watchedListKey(department('tax'), id)),
    /** Whatever is to be looked at is, each message twice, until nothing is. */
    async settle(): Promise<void> {
      for (let round = 0; round < 10; round++) {
        await hub.sweep();
        const ids = hub.toLookAt.splice(0);
        if (ids.length === 0) return;
        for (const id of [...ids, ...ids]) await hub.look(id);
        hub.later(60);
      }
      throw new Error('there is always something to look at');
    },
    read: async (id: WatchId, as = 'tax') =>
      (await hub.call<KeyWatch>('readWatch', as, { params: { watchId: id } })).body,
    end: (id: WatchId, as = 'tax') => hub.call<KeyWatch>('endWatch', as, { params: { watchId: id } }),
    find: (id: WatchId) => hub.ports.watches.find(id),
    /** Notices about a watch that were committed, in no order; each once by its id. */
    async told(id: WatchId): Promise<EventNotice[]> {
      const outbox = dynamoOutbox(aws.table);
      const found: EventNotice[] = [];
      for await (const noticeId of outbox.due('9999')) {
        const message = await outbox.find(noticeId);
        if (message && 'watchId' in message.notice && message.notice.watchId === id) found.push(message.notice);
      }
      return found;
    },
    /** Places of the keys whose change was told, by the dataset. */
    async changes(id: WatchId): Promise<Record<number, number[]>> {
      const found: Record<number, number[]> = {};
      for (const notice of await on.told(id))
        if (notice.type === 'changed')
          found[notice.datasetVersion] = [...(found[notice.datasetVersion] ?? []), ...notice.refs].toSorted(
            (a, b) => a - b,
          );
      return found;
    },
    events: async (id: WatchId) =>
      (await on.told(id)).map(({ type, event }) => (type === 'changed' ? type : event)).toSorted(),
    async evidence(id: WatchId): Promise<Evidence[]> {
      const from = { list: `EVIDENCE#watch#${id}`, keyOf: (position: string) => keyOf.evidence(position as never) };
      const found: Evidence[] = [];
      for await (const { item } of walk(aws.table, { from })) found.push(fromItem(Evidence, item));
      return found;
    },
    /** Watches and keys that count towards what an agreement allows. */
    async counted({ agreementId }: Agreement): Promise<readonly [unknown, unknown]> {
      const item = await readItem(aws.table, keyOf.watched(agreementId));
      return [item?.['watches'], item?.['keys']];
    },
  };
  return on;
}
