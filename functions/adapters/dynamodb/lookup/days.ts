import { AgreementId, DepartmentId } from '../../../../schemas/contracts/ids.ts';
import type { WatchQuery } from '../../../../schemas/contracts/lookups.ts';
import type { Page } from '../../../../schemas/contracts/paging.ts';
import { LOOKUP_DAYS, StoredOfficerDay } from '../../../../schemas/stored/lookups.ts';
import { after, epochSeconds } from '../../../kernel/time.ts';
import type { Counting, Standing } from '../../../lookup/ports.ts';
import { readUsed } from '../quotas.ts';
import { fromItem, readRevised, toItem } from '../table/items.ts';
import { keyOf, type Key } from '../table/keys.ts';
import { type Item, type Table } from '../table/reads.ts';
import { pageOf, type Listing } from '../table/walk.ts';
import { commit, putNew, putNext, type Write } from '../table/write.ts';

/** All of it in one call; strongly consistent. */
export async function readStanding(
  table: Table,
  { provider, agreementId, day, officerRef, parts }: Counting,
): Promise<Standing> {
  const [officerDay, ...used] = await Promise.all([
    readRevised(table, keyOf.officerDay(provider, day, agreementId, officerRef), StoredOfficerDay),
    ...parts.map(async (quota) => ({ quota, used: await readUsed(table, quota) })),
  ]);
  return { officerDay, parts: used };
}

/** On condition that nobody counted since it was read. */
export function writeOfficerDay(table: Table, officerDay: StoredOfficerDay, revision: number): Write {
  const { provider, day, agreementId, officerRef, lastAt } = officerDay;
  const item = toItem('officer-day', keyOf.officerDay(provider, day, agreementId, officerRef), officerDay, {
    list: { partition: 'WATCH', position: `${day}#${provider}#${agreementId}#${officerRef}` },
    ttl: epochSeconds(after(lastAt, { days: LOOKUP_DAYS })),
  });
  return revision === 0 ? putNew(table, item) : putNext(table, item, revision);
}

export async function writeRefusal(table: Table, officerDay: StoredOfficerDay, revision: number): Promise<void> {
  await commit(table, [writeOfficerDay(table, officerDay, revision)]);
}

export function daysOf(
  table: Table,
  of: DepartmentId | 'all',
  query: WatchQuery,
  isWanted: (day: StoredOfficerDay) => boolean,
): Promise<Page<StoredOfficerDay>> {
  const from: Listing['from'] =
    of === 'all' ? { list: 'WATCH', keyOf: keyOfPosition } : { pk: `WATCH#${of}`, prefix: 'DAY#' };
  return pageOf(table, { from, newestFirst: true }, query, (item: Item) => {
    const day = fromItem(StoredOfficerDay, item);
    const isAsked = query.agreementId === undefined || day.agreementId === query.agreementId;
    return isAsked && isWanted(day) ? day : undefined;
  });
}

function keyOfPosition(position: string): Key {
  const [day = '', provider = '', agreement = '', officerRef = ''] = position.split('#');
  return keyOf.officerDay(DepartmentId.parse(provider), day, AgreementId.parse(agreement), officerRef);
}
