import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { AgreementId, DepartmentId, ResourceId } from '../../../schemas/contracts/ids.ts';
import { AgreementItem, AgreementPointer } from './agreements-items.ts';
import { keyOf } from './keys.ts';
import { fromItem, readRevised, walk, type Listing, type Revised, type Table } from './table.ts';

const READS_AT_ONCE = 25;

/** Strongly consistent, with the revision that a replacement or a condition must name. */
export const readAgreement = (table: Table, id: AgreementId): Promise<Revised<Agreement> | undefined> =>
  readRevised(table, keyOf.agreement(id), AgreementItem);

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

export interface Pointers {
  readonly listing: Listing;
  readonly wanted: (pointer: AgreementPointer) => boolean;
  readonly after?: string | undefined;
  /** Agreements are read this many at a time. */
  readonly atOnce?: number;
}

/** The agreements that pointers lead to, in the pointers' order, each with its pointer's position. */
export async function* agreementsBehind(
  table: Table,
  { listing, wanted, after, atOnce = READS_AT_ONCE }: Pointers,
): AsyncGenerator<Found> {
  let batch: Followed[] = [];
  for await (const { item, position } of walk(table, listing, after)) {
    const pointer = fromItem(AgreementPointer, item);
    if (wanted(pointer)) batch.push({ pointer, position });
    if (batch.length < Math.min(atOnce, READS_AT_ONCE)) continue;
    yield* readBatch(table, batch);
    batch = [];
  }
  yield* readBatch(table, batch);
}

interface Followed {
  readonly pointer: AgreementPointer;
  readonly position: string;
}

interface Found {
  readonly agreement: Agreement;
  readonly position: string;
}

async function* readBatch(table: Table, batch: readonly Followed[]): AsyncGenerator<Found> {
  const found = await Promise.all(batch.map(({ pointer }) => readAgreement(table, pointer.agreementId)));
  for (const [index, { position }] of batch.entries()) {
    const agreement = found[index]?.value;
    if (agreement) yield { agreement, position };
  }
}
