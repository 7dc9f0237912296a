import type { Matter } from '../../../../schemas/contracts/duties.ts';
import type { DepartmentId } from '../../../../schemas/contracts/ids.ts';
import type { Page } from '../../../../schemas/contracts/paging.ts';
import { StoredDuties, StoredOwing, StoredWatch } from '../../../../schemas/stored/duties.ts';
import type { Look, Owings, OwingsQuery, View } from '../../../duties/ports.ts';
import { Fault } from '../../../kernel/fault.ts';
import { writeMessages } from '../messages.ts';
import { change } from '../table/change.ts';
import { fromItem, readRevised, toItem } from '../table/items.ts';
import { keyOf, type Key } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { due, pageOf, type Listing } from '../table/walk.ts';
import { commit, put, putNew, putNext, remove, type Write } from '../table/write.ts';
import { EVERYBODY, listedDiffer, listedOf } from './listed.ts';

/** Actions of one transaction: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html */
const MOST_ACTIONS = 100;

export const dynamoOwings = (table: Table): Owings => ({
  async *due(until) {
    for await (const item of due(table, 'DUTY', until)) yield fromItem(StoredWatch, item);
  },
  find: (matter) => readRevised(table, owedKey(matter), StoredDuties),
  keep: (look) => keep(table, look),
  async postpone(watch, nextAt) {
    await commit(table, [
      change(table, watchKey(watch), {
        set: { dueSk: nextAt },
        when: '#nextAt = :read',
        values: { read: watch.nextAt },
      }),
    ]);
  },
  page: (view, query) => page(table, view, query),
});

/**
 * Usually one transaction. What a look at a demand with many debtors has beyond that goes ahead of it: notices first,
 * which the same look would make again with the same ids. Entries of lists stay with what they are entries of, as long as
 * there is room (for a demand's forty debtors there is): one that went ahead of a look that then is not kept is nobody's
 * to take away.
 */
async function keep(table: Table, look: Look): Promise<boolean> {
  const decisive = [moveWatch(table, look), replaceOwed(table, look)].flat();
  const others = [...writeMessages(table, look.notices), ...writeListed(table, look)];
  for (let over = others.length + decisive.length - MOST_ACTIONS; over > 0; over -= MOST_ACTIONS)
    await commit(table, others.splice(0, Math.min(over, MOST_ACTIONS)));
  return (await commit(table, [...decisive, ...others])).committed;
}

/** Fails where an act has set the watch to its own time meanwhile. */
function moveWatch(table: Table, { watch, nextAt }: Look): Write {
  const read = { when: '#nextAt = :read', values: { read: watch.nextAt } };
  if (nextAt !== undefined) return change(table, watchKey(watch), { set: { nextAt, dueSk: nextAt }, ...read });
  return {
    Delete: {
      TableName: table.name,
      Key: watchKey(watch),
      ConditionExpression: 'nextAt = :read',
      ExpressionAttributeValues: { ':read': watch.nextAt },
    },
  };
}

function replaceOwed(table: Table, { watch, before, after }: Look): readonly Write[] {
  const key = owedKey(watch);
  if (after) {
    const item = toItem('owed', key, after);
    return [before ? putNext(table, item, before.revision) : putNew(table, item)];
  }
  if (!before) return [];
  const condition = {
    ConditionExpression: 'revision = :read',
    ExpressionAttributeValues: { ':read': before.revision },
  };
  return [{ Delete: { TableName: table.name, Key: key, ...condition } }];
}

/** Entries that are new, and those that go; an entry never changes. */
function writeListed(table: Table, { before, after }: Look): Write[] {
  const differing = listedDiffer(listedOf(before?.value), listedOf(after));
  return [...differing.put.map((item) => put(table, item)), ...differing.remove.map((key) => remove(table, key))];
}

const page = (table: Table, view: View, query: OwingsQuery): Promise<Page<StoredOwing>> =>
  pageOf(table, { from: listingOf(view) }, query, (item) => {
    const owing = fromItem(StoredOwing, item);
    return isWanted(owing, query) ? owing : undefined;
  });

function listingOf(view: View): Listing['from'] {
  if (view.of === 'everybody') return { list: EVERYBODY, keyOf: keyInEverybody };
  const { pk } = keyOf.owing(view.department, '');
  return { pk, prefix: view.of === 'debtor' ? 'OWED#' : 'CLAIM#' };
}

/** A position of the list of all ends with the debtor, under whom the entry is. */
function keyInEverybody(position: string): Key {
  const end = position.lastIndexOf('#');
  return keyOf.owing(position.slice(end + 1) as DepartmentId, position.slice(0, Math.max(0, end)));
}

const isWanted = (owing: StoredOwing, { agreementId, duty, dueBefore }: OwingsQuery): boolean =>
  (agreementId === undefined || owing.agreementId === agreementId) &&
  (duty === undefined || owing.duty === duty) &&
  (dueBefore === undefined || owing.due < dueBefore);

const watchKey = (matter: Matter): Key => keyUnder(matter, keyOf.duties, keyOf.demandDuties);
const owedKey = (matter: Matter): Key => keyUnder(matter, keyOf.agreementOwed, keyOf.demandOwed);

function keyUnder(
  { agreementId, demandId }: Matter,
  ofAgreement: typeof keyOf.duties,
  ofDemand: typeof keyOf.demandDuties,
): Key {
  if (agreementId !== undefined) return ofAgreement(agreementId);
  if (demandId !== undefined) return ofDemand(demandId);
  throw new Fault('duties about neither an agreement nor a demand');
}
