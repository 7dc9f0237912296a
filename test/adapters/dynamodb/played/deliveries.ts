import { agreementItem } from '../../../../functions/adapters/dynamodb/agreements/items.ts';
import { dynamoCorrections } from '../../../../functions/adapters/dynamodb/delivery/corrections.ts';
import { dynamoDeliveries } from '../../../../functions/adapters/dynamodb/delivery/deliveries.ts';
import { dynamoExtracts } from '../../../../functions/adapters/dynamodb/delivery/extracts.ts';
import { dynamoReleasePlans } from '../../../../functions/adapters/dynamodb/delivery/release-plans.ts';
import { toItem } from '../../../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../../../functions/adapters/dynamodb/table/keys.ts';
import type { Item, Table } from '../../../../functions/adapters/dynamodb/table/reads.ts';
import { commit } from '../../../../functions/adapters/dynamodb/table/write.ts';
import { planDelivery } from '../../../../functions/delivery/domain/plan.ts';
import type { StoredCorrection, StoredDelivery, StoredExtract } from '../../../../schemas/stored/delivery.ts';
import { later } from '../../../intake/an-upload.ts';
import {
  aDefinition,
  anAgreement,
  aStoredDataset,
  department,
  instant,
  resource,
  sha256,
} from '../../../support/builders.ts';
import { all, due, id, only, page, proof, provider, there, until, type Played } from './played.ts';

export function deliveries(table: Table) {
  const store = dynamoDeliveries(table);
  const extracts = dynamoExtracts(table);
  const plans = dynamoReleasePlans(table);
  const corrections = dynamoCorrections(table);
  const { schema } = aDefinition();
  const consumerOf = (number: number) => department(`receiver-${number}`);
  const facts = { rows: 1, bytes: 1, sha256, releasedAt: instant, lookAgainAt: instant };

  /** A delivery of an agreement of its own, to a consumer of its own, about to be released. */
  const about = (number: number) => {
    const to = consumerOf(number);
    const of = resource(`delivered-${number}`);
    const agreement = anAgreement({ agreementId: id(10 + number), state: 'active', consumer: to, resourceId: of });
    const dataset = aStoredDataset({ resourceId: of });
    const delivery = planDelivery(agreement, dataset, { pinned: schema, actual: schema }, instant);
    const { deliveryId, extractId } = delivery;
    const extract: StoredExtract = {
      extractId,
      resourceId: of,
      datasetVersion: 1,
      format: 'csv',
      rows: 1,
      bytes: 1,
      sha256,
      object: {
        key: `extracts/${extractId}/1`,
        versionId: 'v1',
      },
      grants: 0,
      state: 'ready',
    };
    return {
      delivery,
      release: () => store.release({ ...delivery, ...facts, state: 'released' }, proof()).then(only('released')),
      agreementItem: agreementItem(agreement),
      deliveryItem: (changes: Partial<StoredDelivery> = {}) =>
        toItem('delivery', keyOf.delivery(deliveryId), { ...delivery, ...changes }),
      extractItem: toItem('extract', keyOf.extract(extractId), extract, due('EXTRACT')),
      mailboxItem: toItem('mailbox', keyOf.mailbox(to), { department: to, position: 4 }),
    };
  };
  const [one, two, three, four] = [about(1), about(2), about(3), about(4)];
  const { deliveryId, extractId, agreementId, resourceId: of } = four.delivery;
  const out = {
    ...four.delivery,
    ...facts,
    state: 'noticed',
    position: 4,
    changes: { inserted: 1, updated: 0, deleted: 0 },
  } as const satisfies StoredDelivery;
  const receive = () => store.receive(out, later(9), proof(), undefined);
  const attempt = { extractId, key: `extracts/${extractId}/try` };
  const plan = {
    agreementId,
    termsVersion: 1,
    activation: 1,
    resourceId: of,
    opening: false,
    nextAt: later(60),
    lastDatasetVersion: 0,
    lastDelivered: 0,
  };
  const { termsVersion, datasetVersion } = out;
  const correction: StoredCorrection = {
    correctionId: id(1),
    deliveryId,
    agreementId,
    termsVersion,
    resourceId: of,
    datasetVersion,
    provider,
    consumer: consumerOf(4),
    state: 'open',
    reportedAt: instant,
    key: { org_code: '1' },
    field: 'name',
    reason: 'wrong',
    words: 'it is another',
  };
  const { correctionId } = correction;
  const besides = (item: Item): Played => ({ item, read: () => Promise.resolve('needed by others') });
  return {
    delivery: [
      { item: one.deliveryItem(), read: () => store.find(one.delivery.deliveryId), change: one.release },
      { item: four.deliveryItem(out), read: () => store.find(deliveryId), change: receive },
      ...[one, two, three, four].map(({ agreementItem: item }) => besides(item)),
      ...[two, three].map(({ deliveryItem }) => besides(deliveryItem())),
    ],
    mailbox: [
      { item: two.mailboxItem, read: two.release },
      { item: two.extractItem, read: () => extracts.find(two.delivery.extractId) },
    ],
    extract: [
      { item: three.extractItem, read: () => extracts.find(three.delivery.extractId), change: three.release },
      { item: one.extractItem, read: () => extracts.find(one.delivery.extractId) },
    ],
    'extract-attempt': [
      {
        item: toItem('extract-attempt', keyOf.extractAttempt(extractId, 'try'), attempt, due('EXTRACT')),
        read: () => all(extracts.due(until)),
        change: () => extracts.giveUp(attempt),
      },
    ],
    grant: [
      {
        item: toItem('grant', keyOf.grant(extractId, deliveryId), { deliveryId, extractId }),
        read: () => store.request(out, proof()),
      },
    ],
    'release-plan': [
      {
        item: toItem('release-plan', keyOf.releasePlan(agreementId), plan),
        read: () => plans.find(agreementId),
        change: async () => {
          const found = there(await plans.find(agreementId));
          return plans.advance(found, { ...found, nextAt: later(120) }, undefined);
        },
      },
    ],
    correction: [
      {
        item: toItem('correction', keyOf.correction(correctionId), correction),
        read: () => corrections.find(correctionId),
        change: async () => {
          const { value, revision } = there(await corrections.find(correctionId));
          const closed = { ...value, state: 'closed' as const, closedAt: instant };
          return corrections.replace(
            { correction: closed, evidence: proof(), notices: [], answer: undefined },
            revision,
          );
        },
      },
    ],
    pointer: [
      {
        item: toItem('pointer', keyOf.mailboxDelivery(consumerOf(4), 4), { deliveryId, resourceId: of, agreementId }),
        read: async () => (await store.history(consumerOf(4), { ...page, role: 'consumer' })).items,
        change: async () => {
          await commit(table, [{ Put: { TableName: table.name, Item: four.deliveryItem(out) } }]);
          return receive();
        },
      },
      {
        item: toItem('pointer', keyOf.agreementDelivery(agreementId, deliveryId), { deliveryId }),
        read: () => all(store.ofAgreement(agreementId)),
      },
      {
        item: toItem('pointer', keyOf.partyCorrection(consumerOf(4), correctionId), {
          correctionId,
          role: 'consumer',
          state: 'open',
        }),
        read: async () => (await corrections.listOf(consumerOf(4), page)).items,
      },
      {
        item: toItem('pointer', keyOf.resourceCorrection(of, correctionId), { correctionId }),
        read: () => all(corrections.awaiting(of)),
      },
    ],
  };
}
