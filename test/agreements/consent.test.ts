import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Agreement, Consent } from '../../schemas/contracts/agreements.ts';
import type { InheritedTerms } from '../../schemas/contracts/derivations.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import type { RouteId } from '../../schemas/contracts/routes.ts';
import type { ResourceUse } from '../../schemas/contracts/uses.ts';
import { consent, object } from '../../functions/agreements/domain/steps/consent.ts';
import { file } from '../../functions/agreements/domain/steps/file.ts';
import { resume, suspend } from '../../functions/agreements/domain/steps/suspend.ts';
import { amended, anAgreement, aResourceVersion, day, department, terms } from '../support/builders.ts';
import { anAgreementsApi } from './api.ts';

/** The register is derived: its names are the police's, its divisions of civil affairs, each of which is to be asked. */
const police = department('public-security');
const civil = department('civil-affairs');
const of = (field: string, ...departments: (typeof police)[]): InheritedTerms => ({
  field,
  providers: departments,
  consent: departments,
});
const inherited = [of('name', police), of('division', civil), of('capital', police, civil, department('quality'))];
const purpose = 'addresses of taxpayers';
const within = { fields: ['org_code', 'name'], purpose };

let hub = anAgreementsApi();
beforeEach(() => {
  hub = anAgreementsApi();
  hub.known.inherited = inherited;
});

type Reply = Agreement & Problem & ResourceUse;
const call = (route: RouteId, as: string, agreementId: string, body: object = {}, key?: string) =>
  hub.call<Reply>(route, as, {
    params: { agreementId },
    body,
    ...(key !== undefined && { headers: { 'Idempotency-Key': key } }),
  });
const propose = async (changes: object = {}) =>
  (
    await hub.call<Agreement>('proposeAgreement', 'tax', {
      body: { resourceId: 'legal-entities', terms: terms({ ...within, ...changes }) },
    })
  ).body;
const accepted = async (changes: object = {}) => {
  const { agreementId } = await propose(changes);
  return (await call('acceptAgreement', 'quality', agreementId, { termsVersion: 1 })).body;
};
const signed = async (changes: object = {}) => {
  const { agreementId, termsVersion, termsDigest } = await accepted(changes);
  await call('signAgreement', 'tax', agreementId, { termsVersion, termsDigest });
  return (await call('signAgreement', 'quality', agreementId, { termsVersion, termsDigest })).body;
};
const binding = ({ termsVersion, termsDigest }: Pick<Agreement, 'termsVersion' | 'termsDigest'>) => ({
  termsVersion,
  termsDigest,
});
const filing = { filingNumber: 'BJ-1' };
const states = ({ consents }: Pick<Agreement, 'consents'>) =>
  consents.map(({ department: by, state }) => `${by} ${state}`);

describe('who is asked', () => {
  test.each([
    ['whose field is given', {}, ['public-security asked']],
    [
      'whose field decides which records there are',
      { fields: ['org_code'], filter: [{ field: 'division', op: 'eq', value: '110101' }] },
      ['civil-affairs asked'],
    ],
    ['several, but no party, which signs', { fields: ['capital'] }, ['civil-affairs asked', 'public-security asked']],
    ['nobody, of what nobody asks for', { fields: ['org_code'] }, []],
  ])('%s', async (_, changes, expected) => {
    const proposed = await propose(changes);
    expect(states(proposed)).toEqual([]);
    expect(states(await accepted(changes))).toEqual(expected);
  });

  test('is told so once both parties agree, with ids and where to read on; terms that are still proposed it does not know of', async () => {
    const { agreementId, termsVersion, termsDigest } = await propose();
    expect((await call('consentToAgreement', police, agreementId, { termsVersion, termsDigest })).status).toBe(404);
    await call('acceptAgreement', 'quality', agreementId, { termsVersion: 1 });
    const told = hub.agreements.told
      .filter(({ to }) => to === police)
      .map(({ notice: { noticeId: _id, ...notice } }) => notice);
    expect(told).toEqual([
      {
        type: 'agreement',
        event: 'consent-asked',
        at: '2026-12-01T01:10:00.000Z',
        by: 'quality',
        agreementId,
        termsVersion: 1,
        resourceId: 'legal-entities',
        path: '/v1/resources/legal-entities/uses',
      },
    ]);
  });

  test('is asked at once where a standing offer accepts', async () => {
    hub.catalog.give(aResourceVersion());
    hub.known.offer = {
      resourceId: aResourceVersion().resourceId,
      provider: department('quality'),
      resourceVersion: 1,
      statedAt: '2026-11-01T00:00:00.000Z',
      fields: ['org_code', 'name'],
      mask: {},
      modes: ['delivery'],
      contents: ['snapshot'],
      formats: ['csv'],
      frequencies: ['on-arrival'],
      maxDays: 3660,
      maxRetainDays: 365,
    };
    const agreed = await propose();
    expect([agreed.state, ...states(agreed)]).toEqual(['agreed', 'public-security asked']);
    expect(hub.agreements.told.map(({ to }) => to)).toContain(police);
  });
});

describe('terms are filed once all consent', () => {
  test('not before, and the refusal names whose word is missing', async () => {
    const agreement = await signed({ fields: ['capital'] });
    await call('consentToAgreement', police, agreement.agreementId, binding(agreement));
    const early = await call('fileAgreement', 'eitc', agreement.agreementId, filing);
    expect([early.status, early.body.code, early.body.detail]).toEqual([
      409,
      'consent-missing',
      expect.stringContaining('civil-affairs'),
    ]);
    expect(early.body.detail).not.toContain('public-security');
    await call('consentToAgreement', civil, agreement.agreementId, binding(agreement));
    const filed = await call('fileAgreement', 'eitc', agreement.agreementId, filing);
    expect([filed.status, ...states(filed.body)]).toEqual([200, 'civil-affairs given', 'public-security given']);
  });

  test('not while somebody objects; who objected may consent after all', async () => {
    const agreement = await signed();
    const { agreementId } = agreement;
    await call('objectToAgreement', police, agreementId, { termsVersion: 1, reason: 'too much' });
    expect((await call('fileAgreement', 'eitc', agreementId, filing)).body.code).toBe('consent-missing');
    await call('consentToAgreement', police, agreementId, binding(agreement));
    expect((await call('fileAgreement', 'eitc', agreementId, filing)).status).toBe(200);
  });

  test('other terms ask anew: a consent is to exactly what was read', async () => {
    const first = await accepted();
    const { agreementId } = first;
    await call('consentToAgreement', police, agreementId, binding(first));
    const countered = (
      await call('counterAgreement', 'quality', agreementId, { terms: terms({ ...within, purpose: 'audits' }) })
    ).body;
    expect(states(countered)).toEqual([]);
    const second = (await call('acceptAgreement', 'tax', agreementId, { termsVersion: 2 })).body;
    expect(states(second)).toEqual(['public-security asked']);
    expect((await call('consentToAgreement', police, agreementId, binding(first))).body.code).toBe('terms-changed');
    const forged = { termsVersion: 2, termsDigest: first.termsDigest };
    expect((await call('consentToAgreement', police, agreementId, forged)).body.code).toBe('digest-differs');
    expect((await call('consentToAgreement', police, agreementId, binding(second))).status).toBe(200);
  });

  test('whoever is needed only since is not passed over: the terms are proposed anew', async () => {
    hub.known.inherited = [];
    const agreement = await signed();
    hub.known.inherited = inherited;
    const late = await call('fileAgreement', 'eitc', agreement.agreementId, filing);
    expect([late.body.code, late.body.violations?.map(({ rule }) => rule)]).toEqual([
      'terms-outdated',
      ['inherited-consent'],
    ]);
  });

  test('terms that the sources do not allow any more are not even accepted', async () => {
    const proposed = await propose();
    const source = { input: 'people', resourceId: aResourceVersion().resourceId };
    hub.known.inherited = [{ ...inherited[0]!, retainDays: { value: 30, of: source } }];
    const late = await call('acceptAgreement', 'quality', proposed.agreementId, { termsVersion: 1 });
    expect([late.status, late.body.code, late.body.violations?.map(({ rule }) => rule)]).toEqual([
      409,
      'terms-outdated',
      ['inherited-retention'],
    ]);
  });
});

describe('who is asked reads what concerns it, and no more', () => {
  test('its fields, what for, for how long, and the digest that it consents to', async () => {
    const agreement = await signed({ fields: ['name', 'division'], mask: { division: 'last4' } });
    const { body } = await call('consentToAgreement', police, agreement.agreementId, binding(agreement));
    const { validFrom, validTo, legalBasis, duties } = terms();
    expect(body).toEqual({
      agreementId: agreement.agreementId,
      resourceId: 'legal-entities',
      provider: 'quality',
      consumer: 'tax',
      state: 'signed',
      terms: [
        {
          termsVersion: 1,
          fields: ['name'],
          asked: {
            termsDigest: agreement.termsDigest,
            mode: 'delivery',
            purpose,
            legalBasis,
            validFrom,
            validTo,
            retainDays: duties.disposal.retainDays,
            reshare: 'no',
            mask: {},
            filter: [],
            consent: { state: 'given', at: '2026-12-01T01:10:00.000Z' },
          },
        },
      ],
    });
    expect((await hub.call('readAgreement', police, { params: { agreementId: agreement.agreementId } })).status).toBe(
      404,
    );
    expect((await hub.call<{ items: unknown[] }>('listAgreements', police)).body.items).toEqual([]);
  });

  test('a call that is repeated is done once, and answered as it is by then', async () => {
    const agreement = await signed();
    const once = await call('consentToAgreement', police, agreement.agreementId, binding(agreement), 'a-key');
    expect(await call('consentToAgreement', police, agreement.agreementId, binding(agreement), 'a-key')).toEqual(once);
    expect((await call('consentToAgreement', police, agreement.agreementId, binding(agreement))).body.code).toBe(
      'already-consented',
    );
  });

  test('what is proved and told has no words', async () => {
    const agreement = await signed();
    await call('objectToAgreement', police, agreement.agreementId, { termsVersion: 1, reason: 'confidential reason' });
    const proved = hub.journal.evidence.at(-1);
    expect(proved).toMatchObject({
      act: 'agreement-objected',
      actor: { department: police },
      digests: { terms: agreement.termsDigest },
    });
    expect(JSON.stringify([hub.journal.evidence, hub.agreements.told])).not.toContain('confidential');
    const objected = hub.agreements.told.filter(({ notice }) => notice.event === 'object').map(({ to }) => to);
    expect(objected.toSorted()).toEqual(['quality', 'tax']);
  });
});

describe('an objection to terms in force', () => {
  const given = (...departments: (typeof police)[]): Consent[] =>
    departments.map((by) => ({ department: by, state: 'given' }));
  const at = '2026-12-02T01:00:00.000Z';
  const by = (one: typeof police) => ({ department: one, roles: ['department'] as const });
  const active = anAgreement({ state: 'active', consents: given(police, civil) });
  const why = { termsVersion: 1, reason: 'the duty has moved' };
  const ok = <T>(outcome: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T => {
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    return outcome.value;
  };
  const objected = ok(object(active, by(police) as never, why, at));
  const consented = (agreement: Agreement, one: typeof police) =>
    ok(consent(agreement, by(one) as never, binding(agreement), at));

  test('has the hub suspend, without its words in what others read of the suspension', () => {
    expect(objected.state).toBe('suspended');
    expect(objected.suspensions).toEqual([
      { holder: 'consent', by: 'hub', at, reason: 'public-security does not consent any more' },
    ]);
    expect(objected.history.slice(-2).map(({ action, by: who, holder }) => [action, who, holder])).toEqual([
      ['object', 'public-security', undefined],
      ['suspend', 'hub', 'consent'],
    ]);
  });

  test('of a second department holds nothing more; only the last consent lifts it, and what was missed goes out', () => {
    const both = ok(object(objected, by(civil) as never, why, at));
    expect(both.suspensions).toHaveLength(1);
    const one = consented(both, police);
    expect([one.state, one.suspensions.length]).toEqual(['suspended', 1]);
    const all = consented(one, civil);
    expect([all.state, all.suspensions, all.history.at(-1)]).toMatchObject([
      'active',
      [],
      { action: 'resume', by: 'hub', holder: 'consent' },
    ]);
  });

  test('neither party lifts it, nor does it lift what they hold', () => {
    const provider = by(department('quality')) as never;
    expect(resume(objected, provider, 'go on', at)).toMatchObject({ refusal: { code: 'not-suspended-by-you' } });
    const held = ok(suspend(objected, provider, 'repair', at));
    expect(consented(held, police)).toMatchObject({ state: 'suspended', suspensions: [{ holder: 'provider' }] });
  });

  test('goes with the filing of other terms that do not need it, or to which all consent', () => {
    const other = amended(objected, 'signed', { fields: ['org_code'] });
    const eitc = { department: department('eitc'), roles: ['department', 'authority'] } as never;
    expect(ok(file(other, eitc, 'BJ-2', { at, today: day }))).toMatchObject({ state: 'active', suspensions: [] });
  });

  test('beside an amendment: each is spoken of by its number', () => {
    const other = amended(active, 'agreed');
    const both = {
      ...other,
      amendment: { ...other.amendment!, consents: [{ department: police, state: 'asked' as const }] },
    };
    const toAmendment = ok(object(both, by(police) as never, { ...why, termsVersion: 2 }, at));
    expect([toAmendment.state, states(toAmendment), states(toAmendment.amendment!)]).toEqual([
      'active',
      ['public-security given', 'civil-affairs given'],
      ['public-security refused'],
    ]);
    const toThose = ok(object(both, by(police) as never, why, at));
    expect([toThose.state, states(toThose.amendment!)]).toEqual(['suspended', ['public-security asked']]);
    // Civil affairs has a part in what is in force, and none in what is to come.
    expect(object(both, by(civil) as never, { ...why, termsVersion: 2 }, at)).toMatchObject({
      refusal: { code: 'not-a-source' },
    });
    expect(object(both, by(police) as never, { ...why, termsVersion: 9 }, at)).toMatchObject({
      refusal: { code: 'terms-changed' },
    });
  });

  test('is said once', () => {
    expect(object(objected, by(police) as never, why, at)).toMatchObject({ refusal: { code: 'already-objected' } });
  });

  test('has the delivery side react at once', async () => {
    hub.agreements.give(active);
    await call('objectToAgreement', police, active.agreementId, why);
    expect(hub.agreements.items.get(active.agreementId)).toMatchObject({ lookAgainAt: '2026-12-01T01:11:00.000Z' });
  });
});
