import { describe, expect, test } from '@jest/globals';
import { judge, MAX_DEFINITION_BYTES, publish, type PublishRequest } from '../../functions/catalog/domain/publish.ts';
import { digestOf } from '../../functions/kernel/digest.ts';
import { done } from '../../functions/kernel/outcome.ts';
import { aDefinition, aResourceVersion, department, resource } from '../support/builders.ts';

const at = '2026-12-02T01:00:00.000Z';
const request = (changes: Partial<PublishRequest> = {}): PublishRequest => ({
  resourceId: resource('legal-entities'),
  definition: aDefinition(),
  breakingAccepted: false,
  by: department('quality'),
  at,
  ...changes,
});
const broken = aDefinition({ schema: { fields: [{ name: 'org_code', type: 'string' }] } });

test('the first publication is version 1, with the digest of the definition', () => {
  expect(publish(undefined, request())).toEqual(
    done({
      resourceId: 'legal-entities',
      version: 1,
      publishedBy: 'provider',
      provider: 'quality',
      publishedAt: at,
      digest: digestOf(aDefinition()),
      definition: aDefinition(),
    }),
  );
});
test('the same definition again is the version that is there', () => {
  const latest = aResourceVersion({ version: 4 });
  const outcome = publish(latest, request());
  expect(outcome.ok && outcome.value).toBe(latest);
});
test('a changed definition is the next version', () => {
  const definition = aDefinition({ title: '法人' });
  expect(publish(aResourceVersion({ version: 4 }), request({ definition }))).toMatchObject({
    ok: true,
    value: { version: 5, definition, publishedAt: at },
  });
});

describe('breaking changes', () => {
  test('need the publisher’s word', () => {
    const refused = publish(aResourceVersion(), request({ definition: broken }));
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'breaking-change' } });
    expect(!refused.ok && refused.refusal.violations?.map(({ rule }) => rule)).toContain('field-removed');
    expect(publish(aResourceVersion(), request({ definition: broken, breakingAccepted: true }))).toMatchObject({
      ok: true,
      value: { version: 2 },
    });
  });
  test('there are none in a first version', () => {
    expect(publish(undefined, request({ definition: broken }))).toMatchObject({ ok: true, value: { version: 1 } });
  });
  test.each([
    [[], false, true],
    [[], true, true],
    [['x'], true, true],
    [['x'], false, false],
  ])('%j, accepted %s: published %s', (rules, accepted, published) => {
    expect(
      judge(
        rules.map((rule) => ({ path: '', rule, message: '' })),
        accepted,
      ).ok,
    ).toBe(published);
  });
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
