import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Department } from '../../schemas/contracts/hub.ts';
import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import { MAX_TERMS_BYTES } from '../../functions/agreements/domain/terms/check-terms.ts';
import { consumerProblems } from '../../functions/agreements/domain/consumer.ts';
import { propose } from '../../functions/agreements/domain/steps/propose.ts';
import { aDefinition, aResourceVersion, anId, day, department, terms } from '../support/builders.ts';

const at = '2026-12-01T01:10:00.000Z';
const id = anId(1);
const by = (id: string) => ({ department: department(id), roles: ['department'] as const });
const proposal = (
  changes: Parameters<typeof terms>[0] = {},
  resource: ResourceVersion = aResourceVersion(),
  who = 'tax',
) =>
  propose({ agreementId: id, resource, consumer: department(who), terms: terms(changes) }, by(who), { at, today: day });

test('a proposal is pinned to the resource version that there is, and its digest binds all that it hangs on', () => {
  const resource = aResourceVersion({ version: 3 });
  const outcome = proposal({ fields: ['name'], validFrom: '2026-12-01', validTo: '2027-11-30' }, resource);
  // Written out by hand: keys in code unit order, no white space (RFC 8785).
  const canonical =
    '{"agreementId":"01JD0000000000000000000001","consumer":"tax","provider":"quality","resourceId":"legal-entities","resourceVersion":3,' +
    '"terms":{"at":"02:00","content":"snapshot","duties":{"disposal":{"retainDays":365},"provision":"","security":"","use":""},"fields":["name"],' +
    '"filter":[],"format":"csv","frequency":"on-arrival","legalBasis":"税收征收管理法 第十五条","mask":{},"mode":"delivery","purpose":"tax registration",' +
    '"validFrom":"2026-12-01","validTo":"2027-11-30"},"termsVersion":1}';
  const digest = createHash('sha256').update(canonical, 'utf8').digest('base64');
  expect(outcome).toEqual({
    ok: true,
    value: {
      agreementId: id,
      resourceId: 'legal-entities',
      resourceVersion: 3,
      provider: 'quality',
      consumer: 'tax',
      state: 'proposed',
      termsVersion: 1,
      termsDigest: digest,
      signatures: [],
      approvals: [],
      consents: [],
      suspensions: [],
      terms: [
        {
          version: 1,
          resourceVersion: 3,
          proposedBy: 'tax',
          proposedAt: at,
          digest,
          terms: terms({ fields: ['name'], validFrom: '2026-12-01', validTo: '2027-11-30' }),
        },
      ],
      history: [{ at, by: 'tax', action: 'propose', termsVersion: 1 }],
    },
  });
});

const theirs = { agreementId: id, resource: aResourceVersion(), consumer: department('tax'), terms: terms() };
const now = { at, today: day };

describe('a provider’s proposal', () => {
  test('is the same agreement, with the provider’s word first', () => {
    const asked = propose(theirs, by('tax'), now);
    const offered = propose(theirs, by('quality'), now);
    if (!asked.ok || !offered.ok) throw new Error('refused');
    const [version] = asked.value.terms;
    expect(offered.value).toEqual({
      ...asked.value,
      terms: [{ ...version, proposedBy: 'quality' }],
      history: [{ at, by: 'quality', action: 'propose', termsVersion: 1 }],
    });
  });
  test('is accepted by no standing offer, which is the provider’s word itself', () => {
    expect(propose({ ...theirs, withinOffer: true }, by('quality'), now)).toMatchObject({
      value: { state: 'proposed', consents: [], history: [{ action: 'propose' }] },
    });
  });
  test.each([
    ['not-the-provider', 'press', 'tax', undefined],
    ['own-resource', 'quality', 'quality', '/consumer own-resource'],
    ['invalid-terms', 'quality', 'nobody', '/consumer unknown-department'],
    ['invalid-terms', 'quality', 'auditor', '/consumer no-party'],
  ])('%s: %s to %s', (code, who, to, violation) => {
    const outcome = propose({ ...theirs, consumer: department(to) }, by(who), now);
    const refusal = outcome.ok ? undefined : outcome.refusal;
    expect(refusal?.code).toBe(code);
    expect(refusal?.violations?.map(({ path, rule }) => `${path} ${rule}`)).toEqual(violation && [violation]);
  });
  test('whoever it is not for is told so before the resource’s state, which is told before what is named', () => {
    const retired = { ...theirs, isRetired: true };
    const codeOf = (who: string, to: string) => {
      const outcome = propose({ ...retired, consumer: department(to) }, by(who), now);
      return outcome.ok ? undefined : outcome.refusal.code;
    };
    expect([codeOf('press', 'tax'), codeOf('quality', 'nobody'), codeOf('tax', 'tax')]).toEqual([
      'not-the-provider',
      'resource-retired',
      'resource-retired',
    ]);
  });
  test('goes to nobody who is closed by its day, and names the successor', () => {
    const entry: Department = { id: department('grain'), name: '粮食局', nameEn: 'Grain', roles: ['department'] };
    const successor = department('commerce');
    expect(consumerProblems({ ...entry, closed: '2026-12-02' }, '2026-12-01')).toEqual([]);
    expect(consumerProblems({ ...entry, closed: '2026-12-01', successor }, '2026-12-01')).toEqual([
      {
        path: '/consumer',
        rule: 'closed-department',
        message: 'it was closed on 2026-12-01; its duties are those of commerce now',
      },
    ]);
    expect(consumerProblems({ ...entry, closed: '2020-01-01' }, '2026-12-01')).toMatchObject([
      { message: 'it was closed on 2020-01-01' },
    ]);
  });
});

describe('is refused', () => {
  test.each([
    ['own-resource', {}, aResourceVersion(), 'quality'],
    [
      'own-resource',
      {},
      aResourceVersion({ definition: aDefinition({ shareType: 'refused', legalBasis: '保密法' }) }),
      'quality',
    ],
    [
      'sharing-refused',
      {},
      aResourceVersion({ definition: aDefinition({ shareType: 'refused', legalBasis: '保密法' }) }),
      'tax',
    ],
    [
      'sharing-refused',
      { fields: ['nonsense'] },
      aResourceVersion({ definition: aDefinition({ shareType: 'refused', legalBasis: '保密法' }) }),
      'tax',
    ],
  ] as const)('%s', (code, changes, resource, who) => {
    expect(proposal({ ...changes, fields: ['org_code'] }, resource, who)).toMatchObject({
      ok: false,
      refusal: { code },
    });
  });

  test.each([
    ['a field that the resource lacks', { fields: ['org_code', 'nonsense'] }],
    ['an end before its beginning', { validFrom: '2027-11-30', validTo: '2027-11-29' }],
    ['an end in the past', { validFrom: '2026-01-01', validTo: '2026-11-30' }],
    [
      'more than can be kept',
      {
        filter: [
          {
            field: 'division',
            op: 'in' as const,
            value: Array.from({ length: 1000 }, () => '1'.repeat(MAX_TERMS_BYTES / 1000)),
          },
        ],
      },
    ],
  ])('for %s, with the place and the rule', (_, changes) => {
    const outcome = proposal(changes);
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'invalid-terms' } });
    for (const { path, rule } of (!outcome.ok && outcome.refusal.violations) || []) {
      expect(path).toMatch(/^\/terms/);
      expect(rule).not.toBe('');
    }
  });

  test('with every broken rule at once', () => {
    const outcome = proposal({ fields: ['nonsense'], validFrom: '2026-01-01', validTo: '2026-11-30' });
    const rules = outcome.ok ? [] : outcome.refusal.violations;
    expect(rules).toContainEqual(expect.objectContaining({ path: '/terms/validTo', rule: 'past' }));
    expect(rules).toContainEqual(expect.objectContaining({ path: '/terms/fields/0' }));
  });
});

test('the last day of validity may be today', () => {
  expect(proposal({ validTo: day }).ok).toBe(true);
});

test('terms within a standing offer are accepted in the same act, in the provider’s name', () => {
  const proposal = { ...theirs, terms: terms(), withinOffer: true };
  const outcome = propose(proposal, by('tax'), { at, today: day });
  expect(outcome).toMatchObject({ ok: true, value: { state: 'agreed', signatures: [] } });
  expect(outcome.ok && outcome.value.history).toEqual([
    { at, by: 'tax', action: 'propose', termsVersion: 1 },
    { at, by: 'quality', action: 'accept', termsVersion: 1, byOffer: true },
  ]);
});
