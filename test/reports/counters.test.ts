import { describe, expect, test } from '@jest/globals';
import { valueOf, type Counter } from '../../functions/reports/domain/counter.ts';
import { countersOf, type ResourceFacts } from '../../functions/reports/domain/counters.ts';
import { askedOf } from '../../functions/reports/domain/asked.ts';
import { together } from '../../functions/reports/domain/batch.ts';
import { useOf } from '../../functions/reports/domain/uses.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import { department } from '../support/builders.ts';
import { aCompared, aDelivered, aLookedUp, anEvidence } from './an-evidence.ts';

const facts: ResourceFacts = { provider: department('quality'), themes: ['economy', 'safety'] };
const zone = 'Asia/Shanghai';
const named = (evidence: Evidence, of: ResourceFacts | 'unknown' = facts) =>
  countersOf(evidence, of === 'unknown' ? undefined : of, zone).map(
    (counter) => `${counter.scope} ${counter.month} ${counter.by} ${valueOf(counter)}`,
  );

describe('a delivery is counted', () => {
  test('for the hub by everything that a report is asked by, and for each party by its smallest piece and theme', () => {
    expect(named(aDelivered())).toEqual([
      'hub 2026-12 month all',
      'hub 2026-12 provider quality',
      'hub 2026-12 consumer tax',
      'hub 2026-12 pair quality|tax',
      'hub 2026-12 resource legal-entities',
      'hub 2026-12 theme economy',
      'hub 2026-12 theme safety',
      'quality 2026-12 cell quality|tax|legal-entities',
      'quality 2026-12 theme economy',
      'quality 2026-12 theme safety',
      'tax 2026-12 cell quality|tax|legal-entities',
      'tax 2026-12 theme economy',
      'tax 2026-12 theme safety',
    ]);
  });
  test.each([
    ['2026-11-30T15:59:59.999Z', '2026-11'],
    ['2026-11-30T16:00:00.000Z', '2026-12'],
    ['2026-12-31T16:00:00.000Z', '2027-01'],
  ])('at %s in the hub’s month %s', (at, month) => {
    expect(
      new Set(countersOf(aDelivered('delivery-released', { at }), facts, zone).map((counter) => counter.month)),
    ).toEqual(new Set([month]));
  });
  test('with the provider of its resource where the act does not name one', () => {
    expect(named(aDelivered('receipt-given', { subject: { provider: undefined } }))).toEqual(
      named(aDelivered('receipt-given')),
    );
  });
});

test('an upload, which has no consumer, is counted for its provider, and its rules beside it', () => {
  const upload = anEvidence('upload-refused', {
    figures: { read: 3, accepted: 1, rejected: 2, 'rule:type': 2 },
    subject: { refusal: 'too-many-rejections' },
  });
  expect(named(upload, { ...facts, themes: [] })).toEqual([
    'hub 2026-12 month all',
    'hub 2026-12 provider quality',
    'hub 2026-12 resource legal-entities',
    'quality 2026-12 cell quality||legal-entities',
    'hub 2026-12 rule type|quality',
    'quality 2026-12 rule type|quality',
    'hub 2026-12 rule too-many-rejections|quality',
    'quality 2026-12 rule too-many-rejections|quality',
  ]);
});

test('resources that there are, are counted beside the months', () => {
  expect(named(anEvidence('definition-published'), { ...facts, themes: [] })).toEqual([
    'hub 2026-12 month all',
    'hub 2026-12 provider quality',
    'hub 2026-12 resource legal-entities',
    'quality 2026-12 cell quality||legal-entities',
    'hub ever month all',
    'quality ever month all',
  ]);
});

test('lookups are counted by reason, comparisons by kind: for the hub and both parties', () => {
  const ofUse = (evidence: Evidence) => named(evidence, facts).filter((name) => /20..-.. (reason|kind) /.test(name));
  expect(ofUse(aLookedUp())).toEqual(
    ['hub', 'quality', 'tax'].map((scope) => `${scope} 2026-12 reason quality|tax|执行 | 送达`),
  );
  expect(ofUse(aCompared())).toEqual(
    ['hub', 'quality', 'tax'].map((scope) => `${scope} 2026-12 kind quality|tax|verify`),
  );
  // Of an earlier hub, whose evidence did not say it.
  expect(ofUse(aLookedUp({ subject: { reason: undefined } }))).toEqual([]);
  expect(ofUse(aCompared({ subject: { comparisonKind: undefined } }))).toEqual([]);
});

test.each([
  ['an act that is no figure', anEvidence('agreement-commented')],
  ['a further version of a resource', anEvidence('definition-published', { subject: { resourceVersion: 3 } })],
])('%s is counted nowhere', (_, evidence) => {
  expect(named(evidence)).toEqual([]);
});

test('an act of which neither resource nor parties are known is counted for the hub', () => {
  const evidence: Evidence = { ...anEvidence('agreement-filed'), subject: {} };
  expect(named(evidence, 'unknown')).toEqual(['hub 2026-12 month all']);
});

test('no department’s counters name a department that it does not deal with', () => {
  const counters: readonly Counter[] = countersOf(aDelivered(), facts, zone);
  for (const { scope, place } of counters.filter((counter) => counter.scope !== 'hub')) {
    const parties = [place.provider, place.consumer].filter((party) => party !== undefined);
    if (parties.length > 0) expect(parties).toContain(scope);
  }
});

test.each<[string, Evidence]>([
  ['a delivery', aDelivered()],
  ['a lookup', aLookedUp()],
  ['a comparison', aCompared()],
  [
    'an upload that breaks twenty rules',
    anEvidence('upload-refused', {
      figures: {
        read: 9,
        rejected: 9,
        ...Object.fromEntries(Array.from({ length: 20 }, (_, rule) => [`rule:rule-${rule}`, 1])),
      },
      subject: { refusal: 'too-many-rejections' },
    }),
  ],
])('%s of a resource with twenty themes fits into one transaction', (_, evidence) => {
  const themes = Array.from({ length: 20 }, (_theme, number) => `theme ${number}`);
  const counters = countersOf(evidence, { ...facts, themes }, zone);
  const counted = { counters, use: useOf(evidence), asked: askedOf(evidence, zone) };
  const batch = together([{ evidenceId: evidence.evidenceId, kin: '', ...counted }]);
  expect(batch.counters.size + batch.uses.size + batch.asked.size + 1).toBeLessThanOrEqual(100);
});
