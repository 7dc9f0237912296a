import { describe, expect, test } from '@jest/globals';
import { askedOf, joinedAsked, nothingAsked } from '../../functions/reports/domain/asked.ts';
import { isInUse, unusedGrant } from '../../functions/reports/domain/unused.ts';
import { usageOf } from '../../functions/reports/domain/usage.ts';
import { useOf } from '../../functions/reports/domain/uses.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { StoredUse } from '../../schemas/stored/reports.ts';
import { anAgreement, anId, comparisonTerms, department, lookupTerms } from '../support/builders.ts';
import { aCompared, aDelivered, aLookedUp, anEvidence } from './an-evidence.ts';

// Filed on 2026-12-01, as all that the builder makes; "now" is in the summer after.
const asked = { days: 90, now: '2027-06-01T00:00:00.000Z' };
const agreement = anAgreement({ state: 'active' });

/** Newest delivery first, as stores give them. */
const uses = (...given: readonly (Partial<StoredUse> | undefined)[]): StoredUse[] =>
  given
    .map((more, index) => ({
      agreementId: anId(1),
      termsVersion: 1,
      datasetVersion: index + 1,
      deliveryId: anId(701 + index),
      releasedAt: `2027-05-0${index + 1}T00:00:00.000Z`,
      requests: more?.fetchedAt === undefined ? 0 : 1,
      ...more,
    }))
    .toReversed();

const delivered = (given: readonly StoredUse[]) => ({ uses: given, asked: [] });

const fetched = { fetchedAt: '2027-05-02T00:00:00.000Z' };
const longAgo = { fetchedAt: '2027-03-02T23:59:59.999Z' };

describe('usage', () => {
  test('counts deliveries, what was fetched of them and what was confirmed', () => {
    const usage = usageOf(
      agreement,
      delivered(uses(fetched, undefined, { receivedAt: '2027-05-04T00:00:00.000Z' })),
      asked,
    );
    expect(usage).toMatchObject({
      deliveries: 3,
      fetched: 1,
      contentRequests: 1,
      receipts: 1,
      inForceSince: '2026-12-01T01:00:00.000Z',
      lastReleasedAt: '2027-05-03T00:00:00.000Z',
      lastFetchedAt: fetched.fetchedAt,
      fields: ['org_code', 'name'],
      unreadFields: [],
    });
  });
  test('names what was never fetched, the newest first, and since when', () => {
    const { unfetched } = usageOf(agreement, delivered(uses(fetched, undefined, undefined)), asked);
    expect(unfetched).toMatchObject({ count: 2, since: '2027-05-02T00:00:00.000Z' });
    expect(unfetched.deliveries.map(({ datasetVersion }) => datasetVersion)).toEqual([3, 2]);
  });
  test('names at most a hundred, and counts all', () => {
    const [one] = uses(undefined);
    const many = Array.from({ length: 130 }, (_, index) => ({ ...one!, datasetVersion: index + 1 }));
    const { unfetched } = usageOf(agreement, delivered(many), asked);
    expect([unfetched.count, unfetched.deliveries.length]).toEqual([130, 100]);
  });
  test('of what is not in force yet has no beginning and nothing unfetched', () => {
    const usage = usageOf(anAgreement({ state: 'signed' }), delivered([]), asked);
    expect(usage).not.toHaveProperty('inForceSince');
    expect(usage.unfetched).toEqual({ count: 0, deliveries: [] });
  });
  test.each<[string, StoredUse[], string[]]>([
    ['nothing was delivered', [], ['org_code', 'name']],
    ['nothing was fetched', uses(undefined), ['org_code', 'name']],
    ['the last one was fetched more than 90 days ago', uses(longAgo), ['org_code', 'name']],
    ['one was fetched exactly 90 days ago', uses({ fetchedAt: '2027-03-03T00:00:00.000Z' }), []],
    ['one of many was fetched', uses(undefined, fetched, undefined), []],
  ])('where %s, fields %s', (_, given, unread) => {
    expect(usageOf(agreement, delivered(given), asked).unreadFields).toEqual(unread);
  });
});

describe('an amendment', () => {
  const amended: Agreement = {
    ...agreement,
    termsVersion: 2,
    terms: [
      ...agreement.terms,
      { ...agreement.terms[0]!, version: 2, terms: { ...agreement.terms[0]!.terms, fields: ['org_code', 'phone'] } },
    ],
    history: [
      ...agreement.history,
      { at: '2027-02-01T00:00:00.000Z', by: department('eitc'), action: 'file', termsVersion: 2, filingNumber: 'BJ-2' },
    ],
  };
  test('leaves unread what it added until a delivery under it is fetched', () => {
    expect(usageOf(amended, delivered(uses(fetched)), asked).unreadFields).toEqual(['phone']);
    expect(usageOf(amended, delivered(uses(fetched, { ...fetched, termsVersion: 2 })), asked).unreadFields).toEqual([]);
  });
  test('is judged from its own filing on', () => {
    expect(usageOf(amended, delivered([]), asked).inForceSince).toBe('2027-02-01T00:00:00.000Z');
    expect(
      unusedGrant(amended, delivered(uses(fetched)), { ...asked, now: '2027-05-01T00:00:00.000Z' }),
    ).toBeUndefined();
    expect(unusedGrant(amended, delivered(uses(fetched)), asked)).toMatchObject({
      reason: 'fields-unread',
      unreadFields: ['phone'],
    });
  });
  test('is not in use by what was fetched under older terms', () => {
    expect(isInUse(amended, uses(fetched)[0]!, asked)).toBe(false);
    expect(isInUse(amended, uses({ ...fetched, termsVersion: 2 })[0]!, asked)).toBe(true);
  });
});

describe('an unused grant', () => {
  const looksUp = anAgreement({ state: 'active', terms: lookupTerms() });
  const compares = anAgreement({ state: 'active', terms: comparisonTerms() });
  const [lately, before] = [{ at: '2027-05-02T00:00:00.000Z' }, { at: '2027-03-02T23:59:59.999Z' }];
  const result = { comparisonId: anId(851), deliveryId: anId(901) };
  const withheld = { subject: { deliveryId: undefined }, figures: { rows: 5, rejected: 0, withheld: 1 } };
  const requested = (at: { readonly at: string }) => aDelivered('content-requested', { ...at, subject: result });

  test.each<[string, Agreement, Evidence[], object | undefined]>([
    ['nothing was looked up', looksUp, [], { reason: 'never-asked' }],
    [
      'something was looked up, found or not',
      looksUp,
      [aLookedUp({ ...lately, figures: { keys: 1, found: 0 } })],
      undefined,
    ],
    [
      'nothing was looked up lately',
      looksUp,
      [aLookedUp(before)],
      { reason: 'not-asked-lately', lastAskedAt: before.at },
    ],
    ['nothing was compared', compares, [], { reason: 'never-asked', unreadFields: ['org_code', 'name'] }],
    ['no result was asked for', compares, [aCompared(lately)], { reason: 'never-fetched', lastAskedAt: lately.at }],
    ['a result was asked for', compares, [aCompared(before), requested(lately)], undefined],
    [
      'no result was asked for lately',
      compares,
      [aCompared(before), requested(before)],
      { reason: 'not-asked-lately' },
    ],
    ['the result was withheld: more cannot be had', compares, [aCompared({ ...lately, ...withheld })], undefined],
  ])('where %s', (_, of, acts, expected) => {
    const kept = acts.map((act) => askedOf(act, 'Asia/Shanghai')!);
    const grant = unusedGrant(of, { uses: [], asked: kept }, asked);
    if (expected) expect(grant).toMatchObject(expected);
    else expect(grant).toBeUndefined();
    expect(kept.some((one) => isInUse(of, one, asked))).toBe(expected === undefined);
  });
  test.each<[string, StoredUse[], object | undefined]>([
    ['nothing was delivered', [], { reason: 'nothing-delivered', deliveries: 0, unfetched: 0 }],
    ['nothing was ever fetched', uses(undefined, undefined), { reason: 'never-fetched', deliveries: 2, unfetched: 2 }],
    ['nothing was fetched lately', uses(longAgo, undefined), { reason: 'not-fetched-lately', unfetched: 1 }],
    ['something was fetched lately', uses(undefined, fetched), undefined],
  ])('where %s', (_, given, expected) => {
    const grant = unusedGrant(agreement, delivered(given), asked);
    if (expected) expect(grant).toMatchObject(expected);
    else expect(grant).toBeUndefined();
  });
  test.each<[string, Agreement, string]>([
    ['in force for less than the days asked for', agreement, '2027-02-28T00:00:00.000Z'],
    ['suspended', anAgreement({ state: 'suspended' }), asked.now],
    ['terminated', anAgreement({ state: 'terminated' }), asked.now],
    ['only proposed', anAgreement(), asked.now],
  ])('is none that is %s', (_, given, now) => {
    expect(unusedGrant(given, delivered([]), { days: 90, now })).toBeUndefined();
  });
});

describe('what an act says of the use of a delivery', () => {
  const of = { agreementId: anId(1), termsVersion: 1, datasetVersion: 1, deliveryId: anId(701) };
  test.each([
    ['delivery-released', { ...of, releasedAt: '2026-12-01T01:00:00.000Z', requests: 0 }],
    ['content-requested', { ...of, fetchedAt: '2026-12-01T01:00:00.000Z', requests: 1 }],
    ['receipt-given', { ...of, receivedAt: '2026-12-01T01:00:00.000Z', requests: 0 }],
  ] as const)('%s', (act, use) => {
    expect(useOf(aDelivered(act))).toEqual(use);
  });
  test('an act on something else says nothing', () => {
    expect(useOf(anEvidence('upload-accepted'))).toBeUndefined();
    expect(useOf({ ...aDelivered(), act: 'retention-ended' })).toBeUndefined();
  });
});

describe('what was asked', () => {
  const of = { agreementId: anId(1), month: '2026-12', termsVersion: 1, ...nothingAsked, results: 0, requests: 0 };
  const at = '2026-12-01T01:00:00.000Z';
  test.each<[string, Evidence, object | undefined]>([
    ['by a lookup', aLookedUp(), { ...of, lookups: 1, keysLookedUp: 3, recordsShown: 2, askedAt: at, usedAt: at }],
    [
      'by a comparison, whose result is still to be fetched',
      aCompared(),
      { ...of, comparisons: 1, comparedRows: 100, comparisonHits: 60, results: 1, askedAt: at },
    ],
    [
      'by one whose result is withheld',
      aCompared({ subject: { deliveryId: undefined }, figures: { rows: 2, rejected: 0, withheld: 1 } }),
      { ...of, comparisons: 1, comparedRows: 2, askedAt: at, usedAt: at },
    ],
    [
      'by a request for a result',
      aDelivered('content-requested', { subject: { comparisonId: anId(851) } }),
      { ...of, requests: 1, usedAt: at },
    ],
    ['nothing, by a request for a delivery', aDelivered('content-requested'), undefined],
    ['nothing, by the announcement of a comparison', { ...aCompared(), act: 'comparison-announced' }, undefined],
  ])('%s', (_, evidence, expected) => {
    expect(askedOf(evidence, 'Asia/Shanghai')).toEqual(expected);
  });
  test('belongs to the month of the hub’s time zone', () => {
    expect(askedOf(aLookedUp({ at: '2026-12-31T16:00:00.000Z' }), 'Asia/Shanghai')).toMatchObject({ month: '2027-01' });
  });
  test('adds up, and of two moments the later one counts', () => {
    const [early, late] = ['2026-12-02T00:00:00.000Z', '2026-12-03T00:00:00.000Z'];
    const [one, other] = [aLookedUp({ at: late }), aLookedUp({ at: early })].map((act) =>
      askedOf(act, 'Asia/Shanghai')!,
    );
    const both = { ...of, lookups: 2, keysLookedUp: 6, recordsShown: 4, askedAt: late, usedAt: late };
    expect(joinedAsked(one!, other!)).toEqual(both);
    expect(joinedAsked(other!, one!)).toEqual(both);
  });
  test('stands in the use of its agreement', () => {
    const looksUp = anAgreement({ state: 'active', terms: lookupTerms() });
    const kept = [askedOf(aLookedUp(), 'Asia/Shanghai')!];
    expect(usageOf(looksUp, { uses: [], asked: kept }, asked).asked).toEqual({
      ...nothingAsked,
      lookups: 1,
      keysLookedUp: 3,
      recordsShown: 2,
      results: 0,
      resultRequests: 0,
      lastAskedAt: at,
      lastUsedAt: at,
    });
    expect(usageOf(looksUp, { uses: [], asked: [] }, asked).asked).toMatchObject({ lookups: 0 });
    expect(usageOf(agreement, { uses: [], asked: [] }, asked)).not.toHaveProperty('asked');
  });
});
