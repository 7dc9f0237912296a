import { describe, expect, test } from '@jest/globals';
import { fateOf, planDelivery } from '../../functions/delivery/domain/plan.ts';
import { firstLook, lookAfter } from '../../functions/delivery/domain/pauses.ts';
import { decideRelease, planFrom } from '../../functions/delivery/domain/release.ts';
import { MAX_MESSAGE_BYTES, workOf, type Order } from '../../functions/delivery/domain/work.ts';
import {
  aDefinition,
  aStoredDataset,
  anAgreement,
  anId,
  comparisonTerms,
  department,
  instant,
  lookupTerms,
  resource,
} from '../support/builders.ts';

const timeZone = 'Asia/Shanghai';

describe('what a new dataset means to an agreement', () => {
  test.each([
    ['on arrival: now', 'now', anAgreement({ state: 'active' }), instant],
    ['a slower frequency waits', 'wait', anAgreement({ state: 'active', terms: { frequency: 'daily' } }), instant],
    ['what is looked up is not delivered', 'skip', anAgreement({ state: 'active', terms: lookupTerms() }), instant],
    ['nor is what is compared', 'skip', anAgreement({ state: 'active', terms: comparisonTerms() }), instant],
    ['signed is not in force', 'skip', anAgreement({ state: 'signed' }), instant],
    ['terminated is not in force', 'skip', anAgreement({ state: 'terminated' }), instant],
    [
      'suspended waits for its resumption',
      'skip',
      { ...anAgreement({ state: 'active' }), state: 'suspended' },
      instant,
    ],
    ['expired is not in force', 'skip', { ...anAgreement({ state: 'active' }), state: 'expired' }, instant],
    [
      'the day before validity',
      'skip',
      anAgreement({ state: 'active', terms: { validFrom: '2026-12-02' } }),
      '2026-12-01T15:59:59.999Z',
    ],
    [
      'the first day begins at midnight in the hub',
      'now',
      anAgreement({ state: 'active', terms: { validFrom: '2026-12-02' } }),
      '2026-12-01T16:00:00.000Z',
    ],
    [
      'the last day counts to its end',
      'now',
      anAgreement({ state: 'active', terms: { validTo: '2026-12-01' } }),
      '2026-12-01T15:59:59.999Z',
    ],
    [
      'the day after',
      'skip',
      anAgreement({ state: 'active', terms: { validTo: '2026-12-01' } }),
      '2026-12-01T16:00:00.000Z',
    ],
  ] as const)('%s', (_case, fate, agreement, now) => {
    expect(fateOf(agreement, timeZone, now)).toBe(fate);
  });
});

describe('a planned delivery', () => {
  const { schema } = aDefinition();
  const same = { pinned: schema, actual: schema };
  const plan = (agreement = anAgreement({ state: 'active' }), dataset = aStoredDataset()) =>
    planDelivery(agreement, dataset, same, instant);

  test('has the same id whoever plans it and whenever', () => {
    expect(
      planDelivery(anAgreement({ state: 'active' }), aStoredDataset(), same, '2026-12-02T01:00:00.000Z').deliveryId,
    ).toBe(plan().deliveryId);
  });
  test.each([
    ['agreement', plan(anAgreement({ state: 'active', agreementId: anId(2) }))],
    ['terms version', plan(anAgreement({ state: 'active', termsVersion: 2 }))],
    ['dataset version', plan(undefined, aStoredDataset({ datasetVersion: 2 }))],
  ])('has another id for another %s', (_part, other) => {
    expect(other.deliveryId).not.toBe(plan().deliveryId);
  });
  test('shares its extract with equal terms of another agreement', () => {
    expect(plan(anAgreement({ state: 'active', agreementId: anId(2), terms: { purpose: 'another' } })).extractId).toBe(
      plan().extractId,
    );
    expect(plan(anAgreement({ state: 'active', terms: { fields: ['name', 'org_code'] } })).extractId).not.toBe(
      plan().extractId,
    );
  });
  test('of changes has the same id, and an extract for each version that they are since, which equal terms share', () => {
    const changes = (number: number, base?: number) =>
      planDelivery(
        anAgreement({ state: 'active', agreementId: anId(number), terms: { content: 'changes' } }),
        aStoredDataset({ datasetVersion: 5 }),
        same,
        instant,
        base,
      );
    const [whole, since3, since4] = [changes(1), changes(1, 3), changes(1, 4)];
    expect(new Set([whole, since3, since4].map(({ deliveryId }) => deliveryId)).size).toBe(1);
    expect(new Set([whole, since3, since4].map(({ extractId }) => extractId)).size).toBe(3);
    expect(changes(2, 4).extractId).toBe(since4.extractId);
    expect(whole.extractId).toBe(plan(undefined, aStoredDataset({ datasetVersion: 5 })).extractId);
    expect([whole.content, since4.content, since4.baseDatasetVersion]).toEqual(['snapshot', 'changes', 4]);
    expect(whole).not.toHaveProperty('baseDatasetVersion');
  });
  test('is void from the start where the agreed fields have changed since', () => {
    const actual = aDefinition({ schema: { fields: [{ name: 'org_code', type: 'integer' }] } }).schema;
    const delivery = planDelivery(
      anAgreement({ state: 'active' }),
      aStoredDataset({ resourceVersion: 2 }),
      { pinned: schema, actual },
      instant,
    );
    expect(delivery).toMatchObject({ state: 'void', voidReason: 'incompatible-version', resourceVersion: 1 });
    expect(delivery.lookAgainAt).toBeUndefined();
  });
});

describe('a release plan', () => {
  const daily = (changes = {}) =>
    anAgreement({ state: 'active', terms: { frequency: 'daily', at: '02:00', ...changes } });
  const plan = { termsVersion: 1, activation: 5, opening: false };
  const morning = '2026-12-01T18:00:30.000Z';

  test.each([
    [
      'at the moment',
      plan,
      daily(),
      morning,
      { kind: 'release', upTo: '2026-12-01T18:00:00.000Z', nextAt: '2026-12-02T18:00:00.000Z' },
    ],
    [
      'after missed periods: the newest moment alone',
      plan,
      daily(),
      '2026-12-05T03:00:00.000Z',
      { kind: 'release', upTo: '2026-12-04T18:00:00.000Z', nextAt: '2026-12-05T18:00:00.000Z' },
    ],
    [
      'on the opening day: what it begins with, and then the first moment since, though it has passed',
      { ...plan, opening: true },
      daily(),
      morning,
      { kind: 'open', nextAt: '2026-12-01T18:00:00.000Z' },
    ],
    [
      'on the opening day of one that follows arrivals: once',
      { ...plan, opening: true },
      anAgreement({ state: 'active' }),
      morning,
      { kind: 'open', nextAt: undefined },
    ],
    [
      'before the first day',
      { ...plan, opening: true },
      daily({ validFrom: '2026-12-03' }),
      morning,
      { kind: 'later', nextAt: '2026-12-02T16:00:00.000Z' },
    ],
    ['after the last day, though a moment lay in it', plan, daily({ validTo: '2026-12-01' }), morning, { kind: 'end' }],
    [
      'after the end of the agreement',
      plan,
      anAgreement({ state: 'terminated', terms: { frequency: 'daily' } }),
      morning,
      { kind: 'end' },
    ],
    [
      'of a suspended agreement',
      plan,
      { ...daily(), state: 'suspended' as const },
      morning,
      { kind: 'later', nextAt: '2026-12-01T19:00:30.000Z' },
    ],
    [
      'of a suspended agreement whose last day is over',
      plan,
      { ...daily({ validTo: '2026-12-01' }), state: 'suspended' as const },
      morning,
      { kind: 'end' },
    ],
    [
      'of an earlier coming into force: left to whoever reacts to the later one',
      { ...plan, activation: 4 },
      daily(),
      morning,
      { kind: 'later', nextAt: '2026-12-01T18:01:30.000Z' },
    ],
    ['of other terms', { ...plan, termsVersion: 2 }, daily(), morning, { kind: 'end' }],
    ['of no agreement', plan, undefined, morning, { kind: 'end' }],
  ])('%s', (_case, awaited, agreement, now, decision) => {
    expect(decideRelease(awaited, agreement, timeZone, now)).toEqual(decision);
  });

  test.each([
    ['none where every arrival goes out at once', anAgreement({ state: 'active' }), undefined],
    [
      'the first day, where it lies ahead',
      anAgreement({ state: 'active', terms: { validFrom: '2026-12-03' } }),
      { termsVersion: 1, activation: 5, opening: true, nextAt: '2026-12-02T16:00:00.000Z' },
    ],
    [
      'the next moment',
      daily(),
      { termsVersion: 1, activation: 5, opening: false, nextAt: '2026-12-01T18:00:00.000Z' },
    ],
    [
      'a moment beyond the last day too, for it says that the activation was taken care of',
      daily({ validTo: '2026-12-01' }),
      { termsVersion: 1, activation: 5, opening: false, nextAt: '2026-12-01T18:00:00.000Z' },
    ],
  ])('begins with %s', (_case, agreement, awaited) => {
    expect(planFrom(agreement, timeZone, instant)).toEqual(awaited);
  });
});

describe('work', () => {
  const order = (delivery: number, extract: number, changes: Partial<Order> = {}): Order => ({
    deliveryId: anId(delivery),
    extractId: anId(1000 + extract),
    resourceId: resource('legal-entities'),
    datasetVersion: 1,
    provider: department('quality'),
    bytes: 1_000,
    spec: { fields: [`f${extract}`], filter: [], mask: {}, format: 'csv' },
    ...changes,
  });
  const orders = (count: number, make: (index: number) => Order) =>
    Array.from({ length: count }, (_, index) => make(index));

  test.each([
    ['nothing makes no message', [], []],
    ['40 extracts make three messages', orders(40, (index) => order(index, index)), [16, 16, 8]],
    ['equal extracts travel once', orders(550, (index) => order(index, 0)), [1]],
    ['a delivery planned twice travels once', [order(1, 1), order(1, 1)], [1]],
    [
      'more than 1000 deliveries of one extract are shared out over messages',
      orders(2001, (index) => order(index, 0)),
      [1, 1, 1],
    ],
    ['each dataset has its own', [order(1, 1), order(2, 2, { datasetVersion: 2 })], [1, 1]],
    [
      'edits since one version have their own, apart from the whole and from those since another',
      [order(1, 1), ...[1, 1, 2].map((base, index) => order(2 + index, 2 + index, { baseDatasetVersion: base }))],
      [1, 2, 1],
    ],
  ])('%s', (_case, given, extracts) => {
    const work = workOf(given);
    expect(work.map(({ message }) => message.extracts.length)).toEqual(extracts);
    expect(work.flatMap(({ message }) => message.extracts.flatMap(({ deliveries }) => deliveries)).sort()).toEqual(
      [...new Set(given.map(({ deliveryId }) => deliveryId))].sort(),
    );
  });

  test.each([
    ['up to 8 MiB no', 8 * 1024 ** 2, false],
    ['beyond them a', 8 * 1024 ** 2 + 1, true],
  ])('over data of %s large pass', (_case, bytes, large) => {
    expect(workOf([order(1, 1, { bytes })])).toMatchObject([{ large }]);
  });

  test('large specifications are shared out so that each message fits into the queue', () => {
    const large = (index: number) =>
      order(index, index, {
        spec: {
          fields: Array.from({ length: 600 }, (_, field) => `${'字段名'.repeat(60)}${field}`),
          filter: [],
          mask: {},
          format: 'csv',
        },
      });
    const work = workOf(orders(8, large));
    expect(work.map(({ message }) => message.extracts.length)).toEqual([3, 3, 2]);
    for (const { message } of work) expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(MAX_MESSAGE_BYTES);
  });
});

test('the sweeper looks after 1, 2, 4 … minutes, and every half hour in the end', () => {
  let now = instant;
  const pauses = Array.from({ length: 8 }, () => {
    const next = lookAfter(instant, now);
    const pause = (Date.parse(next) - Date.parse(now)) / 60_000;
    now = next;
    return pause;
  });
  expect(pauses).toEqual([1, 1, 2, 4, 8, 16, 30, 30]);
  expect(firstLook(6_000_000, instant)).toBe('2026-12-01T01:01:00.300Z');
});
