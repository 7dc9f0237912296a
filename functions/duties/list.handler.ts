import type { Duty, DutyQuery, Matter } from '../../schemas/contracts/duties.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { StoredOwing } from '../../schemas/stored/duties.ts';
import { inOrder } from '../kernel/each.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done } from '../kernel/outcome.ts';
import { seesAll, type Officer } from '../reading/oversight.ts';
import { owedNow, todayOf } from './owed-now.ts';
import type { Ports, View } from './ports.ts';

/** Agreements and demands of one page that are read again at the same time. */
const READS_AT_ONCE = 25;

/**
 * The projection says where something was owed; whether it still is, is decided from the thing itself. What was done a
 * second ago is therefore not listed, and a page can be shorter than its limit.
 */
export const listHandler = (ports: Ports) =>
  endpoint(routes.listDuties, async ({ query, caller }) => {
    const { limit, cursor, agreementId, duty, overdue } = query;
    const dueBefore = overdue === undefined ? undefined : todayOf(ports);
    const page = await ports.owings.page(viewOf(query, caller), { limit, cursor, agreementId, duty, dueBefore });
    const items = await stillOwed(ports, page.items);
    return done({
      items: items.filter((item) => overdue === undefined || item.overdue),
      ...(page.cursor !== undefined && { cursor: page.cursor }),
    });
  });

const viewOf = ({ side }: DutyQuery, reader: Officer): View =>
  side === undefined && seesAll(reader)
    ? { of: 'everybody' }
    : { of: side === 'others' ? 'creditor' : 'debtor', department: reader.department };

/** In the order of the page. */
async function stillOwed(ports: Ports, owings: readonly StoredOwing[]): Promise<Duty[]> {
  const matters = new Map(owings.map((owing) => [keyOf(owing), owing]));
  const duties = new Map<string, readonly Duty[]>();
  const look = async ([, matter]: readonly [string, StoredOwing]) =>
    owedNow(ports, matter, (await ports.owings.find(matter))?.value.receivedUpTo);
  for await (const [[key], owed] of inOrder(matters, READS_AT_ONCE, look)) duties.set(key, owed.duties);
  return owings.flatMap(
    (owing) => duties.get(keyOf(owing))?.filter(({ duty, by }) => duty === owing.duty && by === owing.by) ?? [],
  );
}

const keyOf = ({ agreementId, demandId }: Matter): string => agreementId ?? demandId ?? '';
