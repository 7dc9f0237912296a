import type { InheritedTerms } from '../../schemas/contracts/derivations.ts';
import { describe, expect, test } from '@jest/globals';
import { acceptedByOffer, stateOffer } from '../../functions/agreements/domain/offer.ts';
import { showsWithin } from '../../functions/reading/masks.ts';
import { Offer, OfferBody } from '../../schemas/contracts/offers.ts';
import { Mask, type DeliveryTerms } from '../../schemas/contracts/terms.ts';
import {
  aDefinition,
  aResourceVersion,
  comparisonTerms,
  department,
  day,
  instant,
  lookupTerms,
  terms,
} from '../support/builders.ts';

const body = (changes: Partial<OfferBody> = {}): OfferBody =>
  OfferBody.parse({
    fields: ['org_code', 'name', 'division', 'phone'],
    mask: { phone: 'last4' },
    contents: ['snapshot'],
    formats: ['csv', 'ndjson'],
    frequencies: ['on-arrival', 'daily'],
    maxDays: 365,
    maxRetainDays: 180,
    ...changes,
  });
const offer = (changes: Partial<OfferBody> = {}): Offer =>
  Offer.parse({
    ...body(changes),
    resourceId: 'legal-entities',
    provider: 'quality',
    resourceVersion: 1,
    statedAt: instant,
  });
const within = (changes: Parameters<typeof terms>[0] = {}) =>
  terms({
    validFrom: '2026-12-01',
    validTo: '2027-11-30',
    duties: { disposal: { retainDays: 180 } },
    ...changes,
  });
const accepts = (
  changes: Parameters<typeof terms>[0] = {},
  stated: Offer | undefined = offer(),
  consumer = 'tax',
  definition = aDefinition(),
) => acceptedByOffer(stated, within(changes), department(consumer), definition);

describe('terms are accepted at once', () => {
  test.each<[string, Parameters<typeof terms>[0]]>([
    ['that use all that is offered', {}],
    ['with fewer fields', { fields: ['name'] }],
    ['with a condition on an offered field', { filter: [{ field: 'division', op: 'prefix', value: '1101' }] }],
    ['with the mask that is asked for', { fields: ['phone'], mask: { phone: 'last4' } }],
    ['that hide what has to be masked', { fields: ['phone'], mask: { phone: 'hide' } }],
    ['with a mask that nobody asked for', { mask: { name: 'first1' } }],
    ['of another offered form', { format: 'ndjson', frequency: 'daily', at: '04:00' }],
    ['for less time, kept for fewer days', { validTo: '2026-12-01', duties: { disposal: { retainDays: 1 } } }],
    [
      'with duties that the consumer takes upon itself',
      { duties: { use: 'x', security: 'y', disposal: { retainDays: 9 } } },
    ],
  ])('%s', (_, changes) => {
    expect(accepts(changes)).toBe(true);
  });
  test('for whom the offer is', () => {
    const forTax = offer({ audience: [department('tax')] });
    expect(accepts({}, forTax)).toBe(true);
    expect(accepts({}, forTax, 'press')).toBe(false);
  });
});

/** Of each term a value that the provider has to read; none of what a consumer states as it likes. Each term has a line. */
const beyond = {
  fields: { fields: ['name', 'capital'] },
  filter: { filter: [{ field: 'capital', op: 'min', value: 1 }] },
  mask: { fields: ['phone'], mask: { phone: 'first1' } },
  content: { content: 'changes' },
  format: { format: 'xlsx' },
  frequency: { frequency: 'hourly' },
  at: undefined,
  justification: { justification: { phone: 'calls' } },
  reshare: { reshare: 'derived' },
  purpose: undefined,
  legalBasis: undefined,
  validFrom: { validFrom: '2026-11-30' },
  validTo: { validTo: '2027-12-01' },
  duties: { duties: { disposal: { retainDays: 181 } } },
} satisfies Readonly<Record<Exclude<keyof DeliveryTerms, 'mode'>, Parameters<typeof terms>[0]>>;

describe('terms wait for the provider', () => {
  test.each(Object.entries(beyond).filter(([, changes]) => changes))('with %s beyond the offer', (_, changes) => {
    expect(accepts(changes as Parameters<typeof terms>[0])).toBe(false);
  });
  test.each<[string, Parameters<typeof terms>[0]]>([
    ['with a condition on a field that is only given masked', { filter: [{ field: 'phone', op: 'eq', value: '1' }] }],
    ['without the mask that is asked for', { fields: ['phone'] }],
    [
      'with a duty of the provider that it has not read',
      { duties: { provision: 'hourly', disposal: { retainDays: 1 } } },
    ],
  ])('%s', (_, changes) => {
    expect(accepts(changes)).toBe(false);
  });
  test.each(['conditional', 'refused'] as const)('once the resource is shared %s', (shareType) => {
    expect(accepts({}, offer(), 'tax', aDefinition({ shareType, shareCondition: 'x', legalBasis: 'x' }))).toBe(false);
  });
  test('where there is no offer', () => {
    expect(acceptedByOffer(undefined, within(), department('tax'), aDefinition())).toBe(false);
  });
  test('a leap day counts', () => {
    const leap = { validFrom: '2028-02-28', validTo: '2028-03-01' };
    expect(accepts(leap, offer({ maxDays: 2 }))).toBe(false);
    expect(accepts(leap, offer({ maxDays: 3 }))).toBe(true);
  });
});

describe('terms of lookups and comparisons', () => {
  const duties = { disposal: { retainDays: 180 } };
  const days = { validFrom: '2026-12-01', validTo: '2027-11-30', duties };
  const lookup = { perDay: 100, perUserPerDay: 10, keys: 5, watchKeys: 50 };
  const comparison = {
    kinds: ['verify' as const, 'link' as const],
    threshold: 0.9,
    minResult: 3,
    maxList: 1000,
    runsPerDay: 2,
  };
  const stated = offer({ modes: ['lookup', 'comparison'], lookup, comparison });
  const taken = (asked: Parameters<typeof acceptedByOffer>[1], by = stated) =>
    acceptedByOffer(by, asked, department('tax'), aDefinition());

  test.each<[string, Parameters<typeof lookupTerms>[0], boolean]>([
    ['at all bounds', {}, true],
    ['with less', { perDay: 1, perUserPerDay: 1, keys: 1 }, true],
    ['with more a day', { perDay: 101 }, false],
    ['with more of each user', { perUserPerDay: 11 }, false],
    ['with more in a call', { keys: 6 }, false],
    ['that watch nothing', { watchKeys: undefined }, true],
    ['that watch more keys', { watchKeys: 51 }, false],
    ['by a field that is not offered', { key: ['capital'] }, false],
    ['by a field that is only given masked', { key: ['phone'] }, false],
  ])('lookups %s', (_, changes, isTaken) => {
    expect(taken(lookupTerms({ ...days, ...lookup, ...changes }))).toBe(isTaken);
  });
  test.each<[string, Parameters<typeof comparisonTerms>[0], boolean]>([
    ['at all bounds', {}, true],
    [
      'of one kind, with less',
      { kinds: ['verify'], threshold: undefined, minResult: 9, maxList: 1, runsPerDay: 1 },
      true,
    ],
    ['that the provider releases', { approval: 'provider' }, true],
    ['of another kind', { kinds: ['verify', 'except'] }, false],
    ['with a lower score', { threshold: 0.89 }, false],
    ['that tell of fewer matches', { minResult: 2 }, false],
    ['of longer lists', { maxList: 1001 }, false],
    ['more often', { runsPerDay: 3 }, false],
    ['that watch where the offer speaks of no watch', { watchKeys: 1 }, false],
    ['of a field that is not offered', { compare: ['capital'] }, false],
    ['of a field that is only given masked', { compare: ['phone'] }, false],
  ])('comparisons %s', (_, changes, isTaken) => {
    expect(taken(comparisonTerms({ ...days, ...comparison, ...changes }))).toBe(isTaken);
  });
  test('wait where only deliveries are offered', () => {
    const none = offer({ lookup, comparison });
    expect(taken(lookupTerms({ ...days, ...lookup }), none)).toBe(false);
    expect(taken(comparisonTerms({ ...days, ...comparison }), none)).toBe(false);
    expect(taken(within(), stated)).toBe(false);
  });
});

describe('an offer', () => {
  const state = (
    changes: Partial<OfferBody> = {},
    resource = aResourceVersion(),
    by = 'quality',
    inherited: readonly InheritedTerms[] = [],
  ) => stateOffer({ resource, inherited }, body(changes), department(by), { at: instant, today: day });

  test('is stated by the provider, for the resource version that there is', () => {
    expect(state({}, aResourceVersion({ version: 3 }))).toEqual({
      ok: true,
      value: { ...offer(), resourceVersion: 3 },
    });
  });
  test('is for nobody else to state', () => {
    expect(state({}, undefined, 'tax')).toEqual({ ok: false, refusal: { code: 'not-the-provider' } });
  });

  test('of a derived resource is stated within what that inherits', () => {
    const of = { input: 'firms', resourceId: aResourceVersion().resourceId };
    const inherited: InheritedTerms[] = [
      { field: 'name', providers: [], shareType: { value: 'conditional', of }, retainDays: { value: 10, of } },
    ];
    const { refusal } = state({ fields: ['name'], mask: {} }, undefined, undefined, inherited) as {
      refusal?: { code: string; violations?: { path: string; rule: string }[] };
    };
    expect([refusal?.code, refusal?.violations?.map(({ path, rule }) => `${path} ${rule}`)]).toEqual([
      'invalid-offer',
      ['/fields/0 inherited-share-type', '/maxRetainDays inherited-retention'],
    ]);
    expect(state({ fields: ['org_code'], mask: {} }, undefined, undefined, inherited)).toMatchObject({ ok: true });
  });

  const secret = aResourceVersion({
    definition: aDefinition({ schema: { fields: [{ name: 'illness', type: 'string', sensitivity: 'sensitive' }] } }),
  });
  test.each<[string, Partial<OfferBody>, ReturnType<typeof aResourceVersion>, string[]]>([
    [
      'of a field that there is not',
      { fields: ['org_code', 'x'], mask: {} },
      aResourceVersion(),
      ['/fields/1 unknown-field'],
    ],
    ['of a mask for what is not offered', { fields: ['name'] }, aResourceVersion(), ['/mask/phone mask-not-offered']],
    ['of a sensitive field as it is', { fields: ['illness'], mask: {} }, secret, ['/fields/0 mask-required']],
    [
      'of a mode that the resource has not',
      { modes: ['delivery', 'lookup'] },
      aResourceVersion(),
      ['/modes/1 mode-not-offered', '/lookup required'],
    ],
    [
      'of lookups without bounds',
      { modes: ['lookup'] },
      aResourceVersion({ definition: aDefinition({ modes: ['lookup'] }) }),
      ['/lookup required'],
    ],
    [
      'of what is shared on conditions',
      { fields: ['name'], mask: {} },
      aResourceVersion({ definition: aDefinition({ shareType: 'conditional', shareCondition: 'x' }) }),
      ['/fields not-unconditional'],
    ],
  ])('is refused %s', (_, changes, resource, problems) => {
    const outcome = state(changes, resource);
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'invalid-offer' } });
    const violations = outcome.ok ? [] : (outcome.refusal.violations ?? []);
    expect(violations.map(({ path, rule }) => `${path} ${rule}`)).toEqual(problems);
  });
});

test.each(Mask.options)('the mask %s shows no more than itself, and hide no more than it', (mask) => {
  expect([showsWithin(mask, mask), showsWithin('hide', mask)]).toEqual([true, true]);
  expect([showsWithin(undefined, mask), showsWithin(mask, undefined)]).toEqual([false, true]);
});
