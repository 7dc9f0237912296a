import { describe, expect, test } from '@jest/globals';
import { isInUse, unusedGrant, usageOf } from '../../functions/reports/domain/usage.ts';
import { useOf } from '../../functions/reports/domain/uses.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { StoredUse } from '../../schemas/stored/reports.ts';
import { anAgreement, anId, comparisonTerms, department, lookupTerms } from '../support/builders.ts';
import { aDelivered, anEvidence } from './an-evidence.ts';

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

const fetched = { fetchedAt: '2027-05-02T00:00:00.000Z' };
const longAgo = { fetchedAt: '2027-03-02T23:59:59.999Z' };

describe('usage', () => {
  test('counts deliveries, what was fetched of them and what was confirmed', () => {
    const usage = usageOf(agreement, uses(fetched, undefined, { receivedAt: '2027-05-04T00:00:00.000Z' }), asked);
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
    const { unfetched } = usageOf(agreement, uses(fetched, undefined, undefined), asked);
    expect(unfetched).toMatchObject({ count: 2, since: '2027-05-02T00:00:00.000Z' });
    expect(unfetched.deliveries.map(({ datasetVersion }) => datasetVersion)).toEqual([3, 2]);
  });
  test('names at most a hundred, and counts all', () => {
    const [one] = uses(undefined);
    const many = Array.from({ length: 130 }, (_, index) => ({ ...one!, datasetVersion: index + 1 }));
    const { unfetched } = usageOf(agreement, many, asked);
    expect([unfetched.count, unfetched.deliveries.length]).toEqual([130, 100]);
  });
  test('of what is not in force yet has no beginning and nothing unfetched', () => {
    const usage = usageOf(anAgreement({ state: 'signed' }), [], asked);
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
    expect(usageOf(agreement, given, asked).unreadFields).toEqual(unread);
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
    expect(usageOf(amended, uses(fetched), asked).unreadFields).toEqual(['phone']);
    expect(usageOf(amended, uses(fetched, { ...fetched, termsVersion: 2 }), asked).unreadFields).toEqual([]);
  });
  test('is judged from its own filing on', () => {
    expect(usageOf(amended, [], asked).inForceSince).toBe('2027-02-01T00:00:00.000Z');
    expect(unusedGrant(amended, uses(fetched), { ...asked, now: '2027-05-01T00:00:00.000Z' })).toBeUndefined();
    expect(unusedGrant(amended, uses(fetched), asked)).toMatchObject({
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
  test('is no agreement under which records are looked up', () => {
    expect(unusedGrant(anAgreement({ state: 'active', terms: lookupTerms() }), [], asked)).toBeUndefined();
  });
  test('is one under which nothing was compared', () => {
    const compares = anAgreement({ state: 'active', terms: comparisonTerms() });
    expect(unusedGrant(compares, [], asked)).toMatchObject({
      reason: 'nothing-delivered',
      unreadFields: ['org_code', 'name'],
    });
    expect(unusedGrant(compares, uses(fetched), asked)).toBeUndefined();
  });
  test.each<[string, StoredUse[], object | undefined]>([
    ['nothing was delivered', [], { reason: 'nothing-delivered', deliveries: 0, unfetched: 0 }],
    ['nothing was ever fetched', uses(undefined, undefined), { reason: 'never-fetched', deliveries: 2, unfetched: 2 }],
    ['nothing was fetched lately', uses(longAgo, undefined), { reason: 'not-fetched-lately', unfetched: 1 }],
    ['something was fetched lately', uses(undefined, fetched), undefined],
  ])('where %s', (_, given, expected) => {
    const grant = unusedGrant(agreement, given, asked);
    if (expected) expect(grant).toMatchObject(expected);
    else expect(grant).toBeUndefined();
  });
  test.each<[string, Agreement, string]>([
    ['in force for less than the days asked for', agreement, '2027-02-28T00:00:00.000Z'],
    ['suspended', anAgreement({ state: 'suspended' }), asked.now],
    ['terminated', anAgreement({ state: 'terminated' }), asked.now],
    ['only proposed', anAgreement(), asked.now],
  ])('is none that is %s', (_, given, now) => {
    expect(unusedGrant(given, [], { days: 90, now })).toBeUndefined();
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
