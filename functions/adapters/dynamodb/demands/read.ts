import type { DemandId, DepartmentId, ResourceId } from '../../../../schemas/contracts/ids.ts';
import { StoredDemand } from '../../../../schemas/stored/demands.ts';
import { inOrder } from '../../../kernel/each.ts';
import type { Revised } from '../../../kernel/ports.ts';
import { readRevised } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { walk, type Listing } from '../table/walk.ts';
import { progressOf } from './sharing.ts';

/** Strongly consistent, with the revision that a replacement or a condition must name. */
export const readDemand = (table: Table, id: DemandId): Promise<Revised<StoredDemand> | undefined> =>
  readRevised(table, keyOf.demand(id), StoredDemand);

/**
 * Whether an agreement may be proposed for it: the department's own, with a resource named (this one, where one is given)
 * and no agreement under way or in force. Strongly consistent.
 */
export async function isOpenOf(
  table: Table,
  id: DemandId,
  department: DepartmentId,
  resourceId: ResourceId,
): Promise<boolean> {
  const demand = (await readDemand(table, id))?.value;
  if (demand?.state !== 'matched' || demand.demander !== department) return false;
  if (demand.match?.resourceId !== resourceId) return false;
  return (await progressOf(table, demand)) === undefined;
}

const READS_AT_ONCE = 25;

/** The demands that pointers lead to, in the pointers' order. */
export async function* demandsBehind(table: Table, listing: Listing, after?: string): AsyncGenerator<StoredDemand> {
  const read = ({ position }: { readonly position: string }) => readDemand(table, position as DemandId);
  for await (const [, demand] of inOrder(walk(table, listing, after), READS_AT_ONCE, read))
    if (demand) yield demand.value;
}
