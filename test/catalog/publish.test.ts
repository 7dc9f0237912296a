import { describe, expect, test } from '@jest/globals';
import { MAX_DEFINITION_BYTES, publish, type PublishRequest } from '../../functions/catalog/domain/publish.ts';
import { graceUntil } from '../../functions/catalog/domain/grace.ts';
import { digestOf } from '../../functions/kernel/digest.ts';
import { done } from '../../functions/kernel/outcome.ts';
import { aDefinition, anAgreement, anId, aResourceVersion, department, resource } from '../support/builders.ts';
import { inForce } from './compatibility-stakes.ts';

const at = '2026-12-02T01:00:00.000Z';
const request = (changes: Partial<PublishRequest> = {}): PublishRequest => ({
  resourceId: resource('legal-entities'),
  definition: aDefinition(),
  breakingAccepted: false,
  graceUntil: '2027-03-02',
  atStake: { stakes: [], definitions: new Map() },
  by: department('quality'),
  at,
  ...changes,
});
const broken = aDefinition({ schema: { fields: [{ name: 'org_code', type: 'string', sensitivity: 'public' }] } });

test('the first publication is version 1, with the digest of the definition', () => {
  expect(publish(undefined, request())).toEqual(
    done({
      version: {
        resourceId: 'legal-entities',
        version: 1,
        publishedBy: 'provider',
        provider: 'quality',
        publishedAt: at,
        digest: digestOf(aDefinition()),
        definition: aDefinition(),
      },
    }),
  );
});
test('the same definition again is the version that is there', () => {
  const latest = aResourceVersion({ version: 4 });
  const outcome = publish(latest, request());
  expect(outcome.ok && outcome.value.version).toBe(latest);
});
test('a changed definition is the next version', () => {
  const definition = aDefinition({ title: '法人' });
  expect(publish(aResourceVersion({ version: 4 }), request({ definition }))).toMatchObject({
    ok: true,
    value: { version: { version: 5, definition, publishedAt: at } },
  });
});

describe('breaking changes', () => {
  const stake = inForce(anAgreement({ state: 'active', terms: { fields: ['org_code', 'name', 'phone'] } }));
  const atStake = { stakes: [stake, { ...stake, agreementId: anId(2), inForce: false }], definitions: new Map() };

  test('need the publisher’s word', () => {
    const refused = publish(aResourceVersion(), request({ definition: broken }));
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'breaking-change' } });
    expect(!refused.ok && refused.refusal.violations?.map(({ rule }) => rule)).toContain('field-removed');
    expect(publish(aResourceVersion(), request({ definition: broken, breakingAccepted: true }))).toMatchObject({
      ok: true,
      value: { version: { version: 2 } },
    });
  });
  test('are listed one by one, what breaks first, then what only concerns somebody, then whom it breaks', () => {
    const definition = aDefinition({
      title: '新',
      tolerance: 0.5,
      schema: { ...aDefinition().schema, fields: aDefinition().schema.fields.filter(({ name }) => name !== 'phone') },
    });
    expect(publish(aResourceVersion(), request({ definition, atStake }))).toEqual({
      ok: false,
      refusal: {
        code: 'breaking-change',
        violations: [
          {
            path: '/schema/fields',
            rule: 'field-removed',
            message: 'the field phone is gone: breaks files and what consumers get',
          },
          {
            path: '/tolerance',
            rule: 'tolerance-changed',
            message: 'the tolerance was 0.05 and is 0.5: breaks nothing',
          },
          {
            path: `/agreements/${anId(1)}`,
            rule: 'agreement-broken',
            message: 'breaks terms version 1 with tax: the fields phone',
          },
          {
            path: `/agreements/${anId(2)}`,
            rule: 'negotiation-broken',
            message: 'breaks terms version 1 with tax: the fields phone',
          },
        ],
      },
    });
  });
  test('leave a mark for the agreements that they break, once they are accepted', () => {
    expect(publish(aResourceVersion(), request({ definition: broken, atStake, breakingAccepted: true }))).toMatchObject(
      {
        ok: true,
        value: {
          mark: {
            resourceId: 'legal-entities',
            resourceVersion: 2,
            graceUntil: '2027-03-02',
            affected: [1, 2].map((id) => ({ agreementId: anId(id), termsVersion: 1, fields: ['name', 'phone'] })),
          },
        },
      },
    );
  });
  test('are marked with all that terms have lost since the version that they speak of', () => {
    const { schema } = aDefinition();
    const without = (...gone: string[]) =>
      aDefinition({ schema: { ...schema, fields: schema.fields.filter(({ name }) => !gone.includes(name)) } });
    const definitions = new Map([[1, aDefinition()]]);
    const marked = (definition: typeof broken, ...gone: string[]) => {
      const outcome = publish(
        aResourceVersion({ version: 2, definition: without(...gone) }),
        request({ definition, breakingAccepted: true, atStake: { ...atStake, definitions } }),
      );
      return outcome.ok && outcome.value.mark;
    };
    expect(marked(without('name', 'phone'), 'name')).toMatchObject({
      affected: [{ fields: ['name', 'phone'] }, { fields: ['name', 'phone'] }],
    });
    expect(marked(without('phone'), 'name')).toMatchObject({
      affected: [{ fields: ['phone'] }, { fields: ['phone'] }],
    });
    expect(marked(without('phone'), 'phone', 'name')).toBeUndefined();
  });
  test('of an earlier version that this one takes back are marked as repaired, where terms are in force', () => {
    const outcome = publish(
      aResourceVersion({ version: 2, definition: broken }),
      request({ atStake: { ...atStake, definitions: new Map([[1, aDefinition()]]) }, breakingAccepted: true }),
    );
    expect(outcome.ok && outcome.value.mark).toEqual({
      resourceId: 'legal-entities',
      resourceVersion: 3,
      graceUntil: '2027-03-02',
      affected: [],
      repaired: [anId(1)],
    });
  });
  test.each([
    ['nobody’s terms', broken, []],
    ['terms of other fields', broken, [inForce(anAgreement({ state: 'active', terms: { fields: ['org_code'] } }))]],
    ['words alone', aDefinition({ title: '新' }), [stake]],
  ])('that concern %s leave no mark', (_, definition, stakes) => {
    const outcome = publish(
      aResourceVersion(),
      request({ definition, breakingAccepted: true, atStake: { stakes, definitions: new Map() } }),
    );
    expect(outcome.ok && outcome.value).not.toHaveProperty('mark');
    expect(outcome.ok).toBe(true);
  });
  test('a mark stays small enough to be stored, however many names there are', () => {
    const names = Array.from({ length: 900 }, (_, index) => `字段${index}`.padEnd(60, '名'));
    const latest = aResourceVersion({
      definition: aDefinition({ schema: { fields: names.map((name) => ({ name })) } }),
    });
    const agreed = inForce(anAgreement({ state: 'active', terms: { fields: names } }));
    const stakes = Array.from({ length: 60 }, (_, index) => ({ ...agreed, agreementId: anId(index + 1) }));
    const definition = aDefinition({ schema: { fields: [{ name: 'a', type: 'date' }] } });
    const outcome = publish(
      latest,
      request({ definition, breakingAccepted: true, atStake: { stakes, definitions: new Map() } }),
    );
    const mark = outcome.ok ? outcome.value.mark : undefined;
    expect(mark?.affected).toHaveLength(60);
    expect(mark?.affected[0]?.fields.length).toBeGreaterThan(10);
    expect(new TextEncoder().encode(JSON.stringify(mark)).length).toBeLessThan(300_000);
  });
  test('there are none in a first version', () => {
    expect(publish(undefined, request({ definition: broken }))).toMatchObject({
      ok: true,
      value: { version: { version: 1 } },
    });
  });
});

test.each([
  ['2026-12-02T01:00:00.000Z', undefined, '2027-03-02'],
  ['2026-12-02T01:00:00.000Z', 0, '2026-12-02'],
  // 16:00 in UTC is midnight in Shanghai.
  ['2026-12-02T15:59:59.999Z', 1, '2026-12-03'],
  ['2026-12-02T16:00:00.000Z', 1, '2026-12-04'],
  ['2027-02-28T01:00:00.000Z', 365, '2028-02-28'],
])('published at %s, %j days of grace end on %s', (now, days, last) => {
  expect(graceUntil('Asia/Shanghai', now, days)).toBe(last);
});

test.each([
  ['names another provider', undefined, request({ by: department('tax') })],
  [
    'takes over another’s resource',
    aResourceVersion(),
    request({ by: department('tax'), definition: aDefinition({ provider: 'tax' }), breakingAccepted: true }),
  ],
  [
    'hands its resource to another',
    aResourceVersion(),
    request({ definition: aDefinition({ provider: 'tax' }), breakingAccepted: true }),
  ],
])('who %s is not the provider', (_, latest, asked) => {
  expect(publish(latest, asked)).toEqual({ ok: false, refusal: { code: 'not-the-provider' } });
});

test.each([
  ['a key of a field that it lacks', aDefinition({ schema: { fields: [{ name: 'a' }], primaryKey: 'b' } })],
  ['the same field twice', aDefinition({ schema: { fields: [{ name: 'a' }, { name: 'a' }] } })],
  ['a category that the registry lacks', aDefinition({ category: '9-99-999' })],
  [
    'more than can be kept',
    aDefinition({
      schema: { fields: [{ name: 'a', type: 'string', constraints: { enum: ['x'.repeat(MAX_DEFINITION_BYTES)] } }] },
    }),
  ],
])('a definition with %s cannot be used, whether or not it breaks anything', (_, definition) => {
  for (const latest of [undefined, aResourceVersion()]) {
    const refused = publish(latest, request({ definition }));
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'invalid-definition' } });
    expect(!refused.ok && refused.refusal.violations?.length).toBe(1);
  }
});
