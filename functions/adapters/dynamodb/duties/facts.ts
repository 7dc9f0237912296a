import * as z from 'zod';
import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import { AgreementId, DeliveryId, Instant, VersionNumber } from '../../../../schemas/contracts/ids.ts';
import { WaitingList } from '../../../../schemas/stored/comparisons.ts';
import type { ListWaiting } from '../../../duties/domain/agreement-case.ts';
import type { Facts, Unreceived } from '../../../duties/ports.ts';
import { Fault } from '../../../kernel/fault.ts';
import { canBeFetched } from '../../../reading/delivery.ts';
import { deliveryTerms, termsOf } from '../../../reading/terms.ts';
import { readAgreement } from '../agreements/read.ts';
import { readResourceVersion } from '../catalog/resources.ts';
import { newestDataset } from '../datasets/store.ts';
import { readDemand } from '../demands/read.ts';
import { fromItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { walk } from '../table/walk.ts';

export const dynamoDutyFacts = (table: Table): Facts => ({
  agreement: async (id) => (await readAgreement(table, id))?.value,
  demand: async (id) => (await readDemand(table, id))?.value,
  async resource(id, version) {
    const resource = await readResourceVersion(table, id, version);
    if (!resource) throw new Fault(`resource ${id} has no version ${version}`);
    return resource.definition;
  },
  datasetAt: async (id) => (await newestDataset(table, id))?.committedAt,
  hasDelivered: (id) => hasDelivered(table, id),
  unreceived: (agreement, after) => unreceived(table, agreement, after),
  listWaiting: (agreement) => listWaiting(table, agreement),
});

/** What matters here of a delivery; the capability `delivery` owns the whole. */
const Delivered = z.object({
  termsVersion: VersionNumber,
  releasedAt: Instant.optional(),
  position: z.int().optional(),
  retentionEndedAt: Instant.optional(),
});
/** A place in a consumer's history; it says whether there was a receipt. */
const Place = z.object({ deliveryId: DeliveryId, agreementId: AgreementId, receivedAt: Instant.optional() });

/** Ids of comparisons are in order of their announcement, and lists may come in another. */
async function listWaiting(table: Table, agreement: Agreement): Promise<ListWaiting | undefined> {
  if (termsOf(agreement).mode !== 'comparison') return undefined;
  const waiting: ListWaiting[] = [];
  const listing = { from: { pk: keyOf.agreement(agreement.agreementId).pk, prefix: 'COMPARISON#' } };
  for await (const { item } of walk(table, listing)) {
    const { termsVersion, receivedAt, expiresAt } = fromItem(WaitingList, item);
    if (termsVersion === agreement.termsVersion) waiting.push({ since: receivedAt, until: expiresAt });
  }
  return waiting.toSorted((one, other) => (one.since < other.since ? -1 : 1))[0];
}

async function deliveryAt(table: Table, id: DeliveryId): Promise<z.infer<typeof Delivered> | undefined> {
  const item = await readItem(table, keyOf.delivery(id));
  return item && fromItem(Delivered, item);
}

async function hasDelivered(table: Table, id: AgreementId): Promise<boolean> {
  for await (const { position } of walk(table, { from: { pk: keyOf.agreement(id).pk, prefix: 'DELIVERY#' } }))
    if ((await deliveryAt(table, DeliveryId.parse(position)))?.releasedAt !== undefined) return true;
  return false;
}

async function unreceived(table: Table, agreement: Agreement, after: number): Promise<Unreceived> {
  const start = after > 0 ? after : await beforeFirst(table, agreement);
  if (start === undefined) return { since: undefined, upTo: after };
  const { places, last } = await waiting(table, agreement, start);
  for (const { position, deliveryId } of places) {
    const delivery = await deliveryAt(table, deliveryId);
    if (delivery && canBeFetched(delivery, agreement)) return { since: delivery.releasedAt, upTo: position - 1 };
  }
  return { since: undefined, upTo: last };
}

/** The place before the agreement's first: a consumer's history may be long by then. Undefined where it has none. */
async function beforeFirst(table: Table, { agreementId }: Agreement): Promise<number | undefined> {
  const positions: number[] = [];
  for await (const { position } of walk(table, {
    from: { pk: keyOf.agreement(agreementId).pk, prefix: 'DELIVERY#' },
  })) {
    const place = (await deliveryAt(table, DeliveryId.parse(position)))?.position;
    if (place !== undefined) positions.push(place);
  }
  return positions.length === 0 ? undefined : Math.min(...positions) - 1;
}

interface WaitingPlace {
  readonly position: number;
  readonly deliveryId: DeliveryId;
}

/** The places of an agreement's deliveries without a receipt, in order, and the last place that was looked at. */
async function waiting(
  table: Table,
  agreement: Agreement,
  after: number,
): Promise<{ readonly places: readonly WaitingPlace[]; readonly last: number }> {
  const { agreementId, consumer } = agreement;
  const ofSnapshots = deliveryTerms(termsOf(agreement))?.content === 'snapshot';
  const listing = { from: { pk: keyOf.mailbox(consumer).pk, prefix: 'DELIVERY#' } };
  const start = keyOf.mailboxDelivery(consumer, after).sk.slice('DELIVERY#'.length);
  let places: WaitingPlace[] = [];
  let last = after;
  for await (const { item, position } of walk(table, listing, start)) {
    last = Number(position);
    const place = fromItem(Place, item);
    if (place.agreementId !== agreementId) continue;
    if (place.receivedAt === undefined) places.push({ position: last, deliveryId: place.deliveryId });
    else if (ofSnapshots) places = [];
  }
  return { places, last };
}
