import { agreementItem, pointerItems } from '../../../../functions/adapters/dynamodb/agreements/items.ts';
import { dynamoTicks } from '../../../../functions/adapters/dynamodb/agreements/clock.ts';
import { readOffer } from '../../../../functions/adapters/dynamodb/agreements/offers.ts';
import { agreementsOnResource } from '../../../../functions/adapters/dynamodb/agreements/read.ts';
import { dynamoSchemes } from '../../../../functions/adapters/dynamodb/agreements/schemes.ts';
import { dynamoAgreements } from '../../../../functions/adapters/dynamodb/agreements/store.ts';
import { toItem } from '../../../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../../../functions/adapters/dynamodb/table/keys.ts';
import type { Table } from '../../../../functions/adapters/dynamodb/table/reads.ts';
import { suspend } from '../../../../functions/agreements/domain/steps/suspend.ts';
import { Offer } from '../../../../schemas/contracts/offers.ts';
import { valueOf } from '../../../agreements/outcomes.ts';
import { anAct, anAgreement, instant, resource, sha256 } from '../../../support/builders.ts';
import { all, consumer, due, id, only, page, provider, there, until, resourceId } from './played.ts';

export function agreements(table: Table) {
  const store = dynamoAgreements(table);
  const agreement = anAgreement({ agreementId: id(1), state: 'active', resourceId: resource('agreed') });
  const { agreementId } = agreement;
  const [ofResource = {}, ofProvider = {}] = pointerItems(agreement);
  const offer = Offer.parse({
    fields: ['name'],
    maxDays: 9,
    maxRetainDays: 9,
    resourceId,
    provider,
    resourceVersion: 1,
    statedAt: instant,
  });
  const scheme = {
    schemeId: id(1),
    name: 'all',
    consumer,
    startedAt: instant,
    digest: sha256,
    parts: [{ resourceId, agreementId }],
  };
  const shared = {
    ...scheme,
    schemeId: id(2),
    proposedBy: provider,
    consumer: provider,
    parts: [{ resourceId, consumer, agreementId }],
  };
  const entry = { number: 1, at: instant, by: consumer, action: 'comment', reason: 'words' };
  return {
    agreement: [
      {
        item: agreementItem(agreement, 1),
        read: () => store.find(agreementId),
        change: async () => {
          const { value, revision } = there(await store.find(agreementId));
          const next = valueOf(suspend(value, { department: provider, roles: ['department'] }, 'repairs', instant));
          return store.replace(anAct(next), revision).then(only('replaced'));
        },
      },
    ],
    history: [
      {
        item: toItem('history', keyOf.historyEntry(agreementId, 1), entry),
        read: async () => (await store.history(agreementId, page)).items,
      },
    ],
    clock: [
      {
        item: toItem('clock', keyOf.clock(id(2)), { agreementId: id(2) }, due('CLOCK')),
        read: () => all(dynamoTicks(table).due(until)),
      },
    ],
    offer: [{ item: toItem('offer', keyOf.offer(resourceId), offer), read: () => readOffer(table, resourceId) }],
    scheme: [scheme, shared].map((each) => ({
      item: toItem('scheme', keyOf.scheme(each.schemeId), each),
      read: () => dynamoSchemes(table).find(each.schemeId),
      change: async () => {
        const found = there(await dynamoSchemes(table).find(each.schemeId));
        return dynamoSchemes(table).conclude({ ...found, name: 'more' }, undefined);
      },
    })),
    pointer: [
      { item: ofResource, read: () => all(agreementsOnResource(table, agreement.resourceId)) },
      { item: ofProvider, read: async () => (await store.listOf(provider, page)).items },
    ],
  };
}
