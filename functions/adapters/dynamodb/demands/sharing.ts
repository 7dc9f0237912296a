import * as z from 'zod';
import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import { DeliveryId, type AgreementId, type DepartmentId } from '../../../../schemas/contracts/ids.ts';
import type { Terms } from '../../../../schemas/contracts/terms.ts';
import type { StoredDemand } from '../../../../schemas/stored/demands.ts';
import { type Progress } from '../../../demands/domain/progress.ts';
import type { Sharing } from '../../../demands/ports.ts';
import { isOver } from '../../../reading/agreement.ts';
import { deliveryTerms, termsOf } from '../../../reading/terms.ts';
import { agreementsOnResource } from '../agreements/read.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { walk } from '../table/walk.ts';

export const dynamoSharing = (table: Table): Sharing => ({
  progressOf: (demand) => progressOf(table, demand),
  async precedents(id, except) {
    const terms = new Map<DepartmentId, Terms>();
    for await (const agreement of agreementsOnResource(table, id)) {
      const { state, consumer } = agreement;
      if (state === 'active' && consumer !== except) terms.set(consumer, termsOf(agreement));
    }
    return [...terms.values()];
  },
});

/** How far the agreement for a demand has come that is not over; strongly consistent. */
export async function progressOf(
  table: Table,
  { demandId, demander, state, match }: StoredDemand,
): Promise<Progress | undefined> {
  if (state !== 'matched' || !match) return undefined;
  let newest: Agreement | undefined;
  for await (const agreement of agreementsOnResource(table, match.resourceId, demander)) {
    if (agreement.demandId === demandId && !isOver(agreement)) newest = agreement;
  }
  if (!newest) return undefined;
  const filedAt = newest.history.find(({ action }) => action === 'file')?.at;
  const delivery = filedAt === undefined ? undefined : await lastReleased(table, newest);
  return {
    agreement: {
      agreementId: newest.agreementId,
      state: newest.state,
      frequency: deliveryTerms(termsOf(newest))?.frequency,
      ...(filedAt !== undefined && { filedAt }),
    },
    ...(delivery && { delivery }),
  };
}

const Place = z.object({ deliveryId: DeliveryId });
const Released = z.object({ releasedAt: z.string(), datasetVersion: z.number() });

/**
 * The newest delivery of an agreement, found in its consumer's history from the end: there it stands since its release. An
 * agreement that nothing was ever released under need not be looked for in a long history.
 */
async function lastReleased(
  table: Table,
  { agreementId, consumer }: Agreement,
): Promise<Progress['delivery'] | undefined> {
  if (!(await isAnyReleased(table, agreementId))) return undefined;
  const history = { from: { pk: keyOf.mailbox(consumer).pk, prefix: 'DELIVERY#' }, newestFirst: true };
  for await (const { item } of walk(table, history)) {
    if (item['agreementId'] !== agreementId) continue;
    const { releasedAt, datasetVersion } = Released.parse(
      await readItem(table, keyOf.delivery(Place.parse(item).deliveryId)),
    );
    return { deliveredAt: releasedAt, datasetVersion };
  }
  return undefined;
}

/** Nearly always the first that was planned tells. */
async function isAnyReleased(table: Table, id: AgreementId): Promise<boolean> {
  for await (const { position } of walk(table, { from: { pk: keyOf.agreement(id).pk, prefix: 'DELIVERY#' } }))
    if ((await readItem(table, keyOf.delivery(DeliveryId.parse(position))))?.['releasedAt'] !== undefined) return true;
  return false;
}
