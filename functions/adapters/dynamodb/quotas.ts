import { addDays, epochSeconds } from '../../kernel/time.ts';
import type { Quota } from '../../kernel/quota.ts';
import { change } from './table/change.ts';
import { keyOf } from './table/keys.ts';
import { readItem, type Table } from './table/reads.ts';
import type { Write } from './table/write.ts';

/** Days that a count outlives its own: whatever is repeated meets it. */
const KEPT_DAYS = 3;

/** How much of a quota is used up; strongly consistent. */
export async function readUsed(table: Table, { of, day }: Pick<Quota, 'of' | 'day'>): Promise<number> {
  const used = (await readItem(table, keyOf.quota(of, day)))?.['used'];
  return typeof used === 'number' ? used : 0;
}

/**
 * Uses up so much of a quota, in the transaction of what it is used for; the condition fails where less is left. Exact,
 * however many use it at once.
 */
export const spend = (table: Table, { of, day, limit }: Quota, amount = 1): Write =>
  change(table, keyOf.quota(of, day), {
    add: { used: amount },
    set: { kind: 'quota', ttl: epochSeconds(`${addDays(day, KEPT_DAYS)}T00:00:00.000Z`) },
    when: amount <= limit ? 'attribute_not_exists(#used) OR #used <= :room' : '#used <= :room',
    values: { room: limit - amount },
  });
