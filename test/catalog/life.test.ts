import { describe, expect, test } from '@jest/globals';
import type { DeprecateBody } from '../../schemas/contracts/resources.ts';
import { deprecate, retire } from '../../functions/catalog/domain/life.ts';
import type { Standing } from '../../functions/catalog/ports.ts';
import { done } from '../../functions/kernel/outcome.ts';
import { aResourceVersion, department, instant, resource } from '../support/builders.ts';

const quality = department('quality');
const standing: Standing = { latest: aResourceVersion() };
const other: Standing = { latest: aResourceVersion({ resourceId: resource('organisations') }) };
const body: DeprecateBody = { retireOn: '2027-06-30', reason: 'merged', replacedBy: resource('organisations') };
const circumstances = { by: quality, at: instant, today: '2026-12-01', replacement: other };

describe('a deprecation', () => {
  test('is stated by the provider, with day, reason and what replaces the resource', () => {
    expect(deprecate(standing, body, circumstances)).toEqual(done({ ...body, at: instant, by: quality }));
  });
  test('is stated anew until the resource is retired', () => {
    const deprecated = { ...standing, deprecation: { ...body, at: instant, by: quality } };
    expect(deprecate(deprecated, { ...body, retireOn: '2027-07-01' }, circumstances)).toMatchObject({
      ok: true,
      value: { retireOn: '2027-07-01' },
    });
  });
  test.each<[string, Standing, Partial<DeprecateBody>, Partial<typeof circumstances> | object, string, string[]]>([
    ['of another department’s resource', standing, {}, { by: department('tax') }, 'not-the-provider', []],
    ['of what is retired', { ...standing, retiredAt: instant }, {}, {}, 'resource-retired', []],
    ['for today', standing, { retireOn: '2026-12-01' }, {}, 'invalid-deprecation', ['/retireOn past']],
    ['for a day that has passed', standing, { retireOn: '2026-11-30' }, {}, 'invalid-deprecation', ['/retireOn past']],
    [
      'in favour of nothing that is there',
      standing,
      {},
      { replacement: undefined },
      'invalid-deprecation',
      ['/replacedBy unknown-resource'],
    ],
    [
      'in favour of itself',
      standing,
      { replacedBy: resource('legal-entities') },
      { replacement: standing },
      'invalid-deprecation',
      ['/replacedBy itself'],
    ],
    [
      'in favour of what is retired',
      standing,
      {},
      { replacement: { ...other, retiredAt: instant } },
      'invalid-deprecation',
      ['/replacedBy retired'],
    ],
  ])('is refused: %s', (_, of, changes, more, code, violations) => {
    const outcome = deprecate(of, { ...body, ...changes }, { ...circumstances, ...more });
    expect(outcome).toMatchObject({ ok: false, refusal: { code } });
    if (!outcome.ok)
      expect((outcome.refusal.violations ?? []).map(({ path, rule }) => `${path} ${rule}`)).toEqual(violations);
  });
});

describe('a retirement', () => {
  test('needs no deprecation before', () => {
    expect(retire(standing, 'no longer kept', quality)).toEqual(done({ reason: 'no longer kept', by: 'quality' }));
  });
  test('keeps what the deprecation named as replacement', () => {
    const deprecated = { ...standing, deprecation: { ...body, at: instant, by: quality } };
    expect(retire(deprecated, 'merged', 'hub')).toEqual(
      done({ reason: 'merged', by: 'hub', replacedBy: 'organisations' }),
    );
  });
  test.each([
    ['not-the-provider', standing, department('tax')],
    ['not-the-provider', standing, department('eitc')],
    ['resource-retired', { ...standing, retiredAt: instant }, quality],
    ['resource-retired', { ...standing, retiredAt: instant }, 'hub' as const],
  ])('is refused: %s', (code, of, by) => {
    expect(retire(of, 'x', by)).toMatchObject({ ok: false, refusal: { code } });
  });
});
