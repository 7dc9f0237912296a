import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { dynamoDutyFacts } from '../../functions/adapters/dynamodb/duties/facts.ts';
import type { Facts } from '../../functions/duties/ports.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import { toItem } from '../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { commit, putNew } from '../../functions/adapters/dynamodb/table/write.ts';
import {
  aStoredDataset,
  anAgreement,
  anId,
  comparisonTerms,
  department,
  instant,
  resource,
} from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { storedIn } from './stored.ts';

let aws: LocalAws;
let facts: Facts;
let stored: ReturnType<typeof storedIn>;
beforeAll(async () => {
  aws = await startLocalAws();
  facts = dynamoDutyFacts(aws.table);
  stored = storedIn(aws.table);
});
afterAll(() => aws.stop());

/** An agreement of a consumer of its own, so that each test has a history of its own. */
let made = 0;
let agreement: Agreement;
beforeEach(() => {
  made += 1;
  agreement = anAgreement({ agreementId: anId(made), consumer: department(`consumer-${made}`), state: 'active' });
});
const inChanges = (): Agreement => ({
  ...agreement,
  terms: agreement.terms.map((version) => ({ ...version, terms: { ...version.terms, content: 'changes' as const } })),
});
/** Deliveries in order of release, each with its receipt or without. */
const deliver = async (...receipts: readonly (string | undefined)[]) => {
  for (const [index, receivedAt] of receipts.entries())
    await stored.delivery(agreement, {
      deliveryId: anId(1000 * made + index),
      position: index + 1,
      releasedAt: `2026-12-0${index + 1}T01:00:00.000Z`,
      ...(receivedAt !== undefined && { receivedAt }),
    });
};

test('share type and update cycle are those of the version that is asked for', async () => {
  await stored.resource();
  expect(await facts.resource(resource('legal-entities'), 1)).toMatchObject({
    shareType: 'unconditional',
    updateCycle: 'daily',
  });
  await expect(facts.resource(resource('legal-entities'), 9)).rejects.toThrow('has no version 9');
});

test('a dataset is the newest that was committed', async () => {
  expect(await facts.datasetAt(resource('nothing'))).toBeUndefined();
  await stored.dataset(aStoredDataset({ datasetVersion: 2, committedAt: instant }));
  expect(await facts.datasetAt(resource('legal-entities'))).toBe(instant);
});

test('something was delivered once something was released', async () => {
  expect(await facts.hasDelivered(agreement.agreementId)).toBe(false);
  await stored.delivery(agreement, { deliveryId: anId(1000 * made) });
  expect(await facts.hasDelivered(agreement.agreementId)).toBe(false);
  await stored.delivery(agreement, { deliveryId: anId(1000 * made + 1), position: 1, releasedAt: instant });
  expect(await facts.hasDelivered(agreement.agreementId)).toBe(true);
});

describe('the oldest delivery without a receipt', () => {
  const received = '2026-12-09T01:00:00.000Z';

  test.each<[string, readonly (string | undefined)[], string | undefined, number]>([
    ['is none where nothing was delivered', [], undefined, 0],
    ['is none where each has one', [received, received], undefined, 2],
    ['is the first of those that have none', [received, undefined, undefined], '2026-12-02T01:00:00.000Z', 1],
    ['is, of snapshots, none before a later receipt', [undefined, received, undefined], '2026-12-03T01:00:00.000Z', 2],
  ])('%s', async (_case, receipts, since, upTo) => {
    await deliver(...receipts);
    expect(await facts.unreceived(agreement, 0)).toEqual({ since, upTo });
  });

  test('is, of changes, any that has none', async () => {
    await deliver(undefined, received);
    expect(await facts.unreceived(inChanges(), 0)).toEqual({ since: '2026-12-01T01:00:00.000Z', upTo: 0 });
  });

  test('is looked for after a position only', async () => {
    await deliver(undefined, undefined, undefined);
    expect(await facts.unreceived(agreement, 1)).toEqual({ since: '2026-12-02T01:00:00.000Z', upTo: 1 });
    expect(await facts.unreceived(agreement, 3)).toEqual({ since: undefined, upTo: 3 });
  });

  test('is looked for from the agreement’s first on, however long the history was before it', async () => {
    const { consumer } = agreement;
    const other = anAgreement({ agreementId: anId(901), consumer });
    await stored.delivery(other, { deliveryId: anId(1000 * made), position: 1, releasedAt: instant });
    expect(await facts.unreceived(agreement, 0)).toEqual({ since: undefined, upTo: 0 });
    await stored.delivery(agreement, { deliveryId: anId(1000 * made + 1) });
    expect(await facts.unreceived(agreement, 0)).toEqual({ since: undefined, upTo: 0 });
    await stored.delivery(agreement, { deliveryId: anId(1000 * made + 2), position: 9, releasedAt: instant });
    expect(await facts.unreceived(agreement, 0)).toEqual({ since: instant, upTo: 8 });
  });

  test('is none of another agreement, of other terms, or whose retention is over', async () => {
    const { consumer } = agreement;
    await stored.delivery(anAgreement({ agreementId: anId(900), consumer }), {
      deliveryId: anId(1000 * made),
      position: 1,
      releasedAt: instant,
    });
    const mine = (index: number) => ({
      deliveryId: anId(1000 * made + index),
      position: index + 1,
      releasedAt: instant,
    });
    await stored.delivery(agreement, { ...mine(1), termsVersion: 7 });
    await stored.delivery(agreement, { ...mine(2), retentionEndedAt: received });
    expect(await facts.unreceived(agreement, 0)).toEqual({ since: undefined, upTo: 3 });
  });
});

describe('the list that waits for its provider’s word', () => {
  const compares = () => ({ ...agreement, terms: [{ ...agreement.terms[0]!, terms: comparisonTerms() }] });
  const wait = (number: number, receivedAt: string, termsVersion = 1) => {
    const { agreementId } = agreement;
    const waiting = { comparisonId: anId(number), termsVersion, receivedAt, expiresAt: '2026-12-09T00:00:00.000Z' };
    const item = toItem('pointer', keyOf.waitingList(agreementId, anId(number)), waiting);
    return commit(aws.table, [putNew(aws.table, item)]);
  };
  test('is the oldest, whatever was announced first, and none of terms that others replaced', async () => {
    expect(await facts.listWaiting(compares())).toBeUndefined();
    await wait(1, '2026-12-03T00:00:00.000Z');
    await wait(2, '2026-12-02T00:00:00.000Z');
    await wait(3, '2026-12-01T00:00:00.000Z', 2);
    expect(await facts.listWaiting(compares())).toEqual({
      since: '2026-12-02T00:00:00.000Z',
      until: '2026-12-09T00:00:00.000Z',
    });
  });
  test('is none where terms compare nothing', async () => {
    expect(await facts.listWaiting(agreement)).toBeUndefined();
  });
});
