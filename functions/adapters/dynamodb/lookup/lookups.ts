import { LOOKUP_DAYS, LookupPointer, StoredLookup } from '../../../../schemas/stored/lookups.ts';
import { LookupId, type DepartmentId, type ResourceId } from '../../../../schemas/contracts/ids.ts';
import type { LookupQuery } from '../../../../schemas/contracts/lookups.ts';
import type { Page } from '../../../../schemas/contracts/paging.ts';
import type { Committed, LookupAct, Lookups } from '../../../lookup/ports.ts';
import { after, epochSeconds } from '../../../kernel/time.ts';
import { writeAnswer } from '../answers.ts';
import { whileActive, whileAllActive } from '../delivery/while-active.ts';
import { writeEvidence } from '../evidence.ts';
import { spend } from '../quotas.ts';
import { stepAside } from '../table/contention.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { commitUnless } from '../table/outcomes.ts';
import { readItem, type Item, type Table } from '../table/reads.ts';
import { pageOf, type Listing } from '../table/walk.ts';
import { commit, putNew, type Write } from '../table/write.ts';
import { daysOf, readStanding, writeOfficerDay, writeRefusal } from './days.ts';

export const dynamoLookups = (table: Table): Lookups => ({
  find: (id) => readLookup(table, id),
  standing: (counting) => readStanding(table, counting),
  commit: (act) => commitAct(table, act),
  refuse: (officerDay, revision) => writeRefusal(table, officerDay, revision),
  prove: async ({ agreementId, termsVersion }, evidence) =>
    (await commit(table, [whileActive(table, agreementId, termsVersion), ...writeEvidence(table, evidence)])).committed,
  listOf: (of, query) => listOf(table, of, query),
  daysOf: (of, query, isWanted) => daysOf(table, of, query, isWanted),
  about: (id, digest, page) => about(table, id, digest, page),
  report: async (evidence, answer) =>
    (await commit(table, [...writeEvidence(table, evidence), ...writeAnswer(table, answer)])).committed,
});

async function readLookup(table: Table, id: LookupId): Promise<StoredLookup | undefined> {
  const item = await readItem(table, keyOf.lookup(id));
  return item && fromItem(StoredLookup, item);
}

/** Those of one officer take some ten milliseconds each. */
const LONGEST_PAUSE_MS = 100;

async function commitAct(table: Table, act: LookupAct): Promise<Committed> {
  const { lookup, restsOn, officerDay, revision, shares, evidence, answer } = act;
  const counted = [
    writeOfficerDay(table, officerDay, revision),
    ...shares.map(({ quota, amount }) => spend(table, quota, amount)),
  ];
  const outcome = await commitUnless(
    table,
    `lookup ${lookup.lookupId}`,
    [
      ['repeated', writeAnswer(table, answer)],
      ['ended', whileAllActive(table, lookup, restsOn)],
      ['contended', counted],
    ],
    [...writeLookup(table, lookup), ...writeEvidence(table, evidence)],
  );
  if (outcome === 'contended') await stepAside(LONGEST_PAUSE_MS);
  return outcome;
}

/** It goes with all that leads to it. */
function writeLookup(table: Table, lookup: StoredLookup): readonly Write[] {
  const { lookupId, agreementId, resourceId } = lookup;
  const ttl = epochSeconds(after(lookup.at, { days: LOOKUP_DAYS }));
  const parties = (['consumer', 'provider'] as const).map((role) => {
    const pointer: LookupPointer = { lookupId, role, agreementId, resourceId };
    return putNew(table, toItem('pointer', keyOf.partyLookup(lookup[role], lookupId), pointer, { ttl }));
  });
  const keys = lookup.lookedUp.map(({ digest }) =>
    putNew(table, toItem('pointer', keyOf.keyLookup(resourceId, digest, lookupId), { lookupId }, { ttl })),
  );
  const list = { partition: 'LOOKUPS', position: lookupId };
  return [putNew(table, toItem('lookup', keyOf.lookup(lookupId), lookup, { list, ttl })), ...parties, ...keys];
}

async function listOf(table: Table, of: DepartmentId | 'all', query: LookupQuery): Promise<Page<StoredLookup>> {
  if (of === 'all') {
    const keyAt = (position: string) => keyOf.lookup(position as LookupId);
    const listing = { from: { list: 'LOOKUPS', keyOf: keyAt }, newestFirst: true };
    return pageOf(table, listing, query, (item) => {
      const lookup = fromItem(StoredLookup, item);
      return isWanted(lookup, query) ? lookup : undefined;
    });
  }
  return behind(table, `LOOKUPS#${of}`, query, (item) => {
    const pointer = fromItem(LookupPointer, item);
    return isWanted(pointer, query) && (query.role === undefined || pointer.role === query.role);
  });
}

const isWanted = (
  { agreementId, resourceId }: Pick<StoredLookup, 'agreementId' | 'resourceId'>,
  query: LookupQuery,
): boolean =>
  (query.agreementId === undefined || agreementId === query.agreementId) &&
  (query.resourceId === undefined || resourceId === query.resourceId);

const about = (
  table: Table,
  id: ResourceId,
  digest: string,
  page: { readonly limit: number; readonly cursor?: string | undefined },
) => behind(table, `LOOKED-UP#${id}#${digest}`, page, () => true);

/** The lookups that pointers lead to, newest first. */
async function behind(
  table: Table,
  pk: string,
  page: { readonly limit: number; readonly cursor?: string | undefined },
  isChosen: (pointer: Item) => boolean,
): Promise<Page<StoredLookup>> {
  const listing: Listing = { from: { pk, prefix: 'LOOKUP#' }, newestFirst: true };
  const { items, ...more } = await pageOf(table, listing, page, (item) =>
    isChosen(item) ? LookupId.parse(item['lookupId']) : undefined,
  );
  const lookups = await Promise.all(items.map((id) => readLookup(table, id)));
  // One whose time is over may go before what leads to it.
  return { items: lookups.filter((lookup) => lookup !== undefined), ...more };
}
