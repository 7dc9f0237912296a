import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { AgreementId, DepartmentId, ResourceId } from '../../../../schemas/contracts/ids.ts';
import { AgreementItem, AgreementPointer } from '../../../../schemas/stored/agreements.ts';
import type { Found } from '../../../agreements/ports.ts';
import { inOrder } from '../../../kernel/each.ts';
import { fromItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { walk, type Listing } from '../table/walk.ts';

/** They go to the table together. */
const READS_AT_ONCE = 50;

/**
 * Strongly consistent, with the revision that a replacement or a condition must name. Of the history it has what decisions
 * depend on (history.ts).
 */
export async function readAgreement(table: Table, id: AgreementId): Promise<Found | undefined> {
  const item = await readItem(table, keyOf.agreement(id));
  if (!item) return undefined;
  const { entries, ...value } = fromItem(AgreementItem, item);
  return {
    value,
    revision: item['revision'] as number,
    entries: entries ?? value.history.length,
    lookAgainAt: item['dueSk'] as string | undefined,
  };
}

/** Every agreement on a resource (of one consumer), whatever its state, in order of proposal; strongly consistent. */
export async function* agreementsOnResource(
  table: Table,
  id: ResourceId,
  consumer?: DepartmentId,
): AsyncGenerator<Agreement> {
  const listing = { from: { pk: keyOf.resource(id).pk, prefix: 'AGREEMENT#' } };
  const wanted = (pointer: AgreementPointer) => consumer === undefined || pointer.consumer === consumer;
  for await (const { agreement } of agreementsBehind(table, { listing, wanted })) yield agreement;
}

interface Pointers {
  readonly listing: Listing;
  readonly wanted: (pointer: AgreementPointer) => boolean;
  readonly after?: string | undefined;
  /** Agreements are read this many at a time. */
  readonly atOnce?: number;
}

/** The agreements that pointers lead to, in the pointers' order, each with its pointer's position. */
async function* agreementsBehind(
  table: Table,
  { listing, wanted, after, atOnce = READS_AT_ONCE }: Pointers,
): AsyncGenerator<Behind> {
  const read = ({ pointer: { agreementId } }: Followed) => readAgreement(table, agreementId);
  const followed = followedIn(walk(table, listing, after), wanted);
  for await (const [{ position }, found] of inOrder(followed, Math.min(atOnce, READS_AT_ONCE), read))
    if (found) yield { agreement: found.value, position };
}

interface Followed {
  readonly pointer: AgreementPointer;
  readonly position: string;
}

interface Behind {
  readonly agreement: Agreement;
  readonly position: string;
}

async function* followedIn(found: ReturnType<typeof walk>, wanted: Pointers['wanted']): AsyncGenerator<Followed> {
  for await (const { item, position } of found) {
    const pointer = fromItem(AgreementPointer, item);
    if (wanted(pointer)) yield { pointer, position };
  }
}
