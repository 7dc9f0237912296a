import type { ResourceId } from '../../../../schemas/contracts/ids.ts';
import { Offer } from '../../../../schemas/contracts/offers.ts';
import type { StandingOffers } from '../../../agreements/offers/ports.ts';
import { writeAnswer } from '../answers.ts';
import { writeEvidence } from '../evidence.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { commit, commitOwn, put } from '../table/write.ts';

/** The standing offer on a resource; strongly consistent. */
export async function readOffer(table: Table, id: ResourceId): Promise<Offer | undefined> {
  const item = await readItem(table, keyOf.offer(id));
  return item && fromItem(Offer, item);
}

export const dynamoOffers = (table: Table): StandingOffers => ({
  find: (id) => readOffer(table, id),
  async state(offer, evidence) {
    const item = toItem('offer', keyOf.offer(offer.resourceId), offer);
    const writes = [put(table, item), ...writeEvidence(table, evidence)];
    await commitOwn(table, writes, `the offer on ${offer.resourceId}`);
  },
  async withdraw({ resourceId, statedAt }, evidence, answer) {
    const { committed } = await commit(table, [
      {
        Delete: {
          TableName: table.name,
          Key: keyOf.offer(resourceId),
          ConditionExpression: 'statedAt = :read',
          ExpressionAttributeValues: { ':read': statedAt },
        },
      },
      ...writeEvidence(table, evidence),
      ...writeAnswer(table, answer),
    ]);
    return committed;
  },
});
