import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { InheritedTerms } from '../../schemas/contracts/derivations.ts';
import type { RouteId } from '../../schemas/contracts/routes.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import { aDefinition, anAgreement, aResourceVersion, department, resource, terms } from '../support/builders.ts';
import { anAgreementsApi } from './api.ts';

/** The resource is derived of the population register, of which it may be passed on as `derived`, for a month, until summer. */
const of = { input: 'people', resourceId: resource('population') };
const inherited: InheritedTerms[] = [
  {
    field: 'name',
    providers: [department('public-security')],
    reshare: { value: 'derived', of },
    retainDays: { value: 30, of },
    validTo: { value: '2027-06-30', of },
    mask: { value: 'last4', of: { ...of, field: 'name' } },
  },
];
const within: Parameters<typeof terms>[0] = {
  fields: ['name'],
  mask: { name: 'last4' as const },
  validTo: '2027-06-30',
  duties: { disposal: { retainDays: 30 } },
};

let hub = anAgreementsApi();
beforeEach(() => {
  hub = anAgreementsApi();
  hub.known.inherited = inherited;
});

const propose = (changes: object) =>
  hub.call<Agreement & Problem>('proposeAgreement', 'tax', {
    body: { resourceId: 'legal-entities', terms: terms({ ...within, ...changes }) },
  });
const rules = ({ body }: { readonly body: Problem }) => (body.violations ?? []).map(({ path, rule }) => [path, rule]);

test('terms within what the sources allow are proposed', async () => {
  expect((await propose({})).status).toBe(201);
  expect((await propose({ reshare: 'derived' })).status).toBe(201);
});

test.each([
  ['passing on', { reshare: 'yes' }, '/terms/reshare', 'inherited-reshare'],
  ['keeping', { duties: { disposal: { retainDays: 31 } } }, '/terms/duties/disposal/retainDays', 'inherited-retention'],
  ['lasting', { validTo: '2027-07-01' }, '/terms/validTo', 'inherited-validity'],
  ['showing', { mask: {} }, '/terms/mask/name', 'inherited-mask'],
])('terms that go further are refused with source and term: %s', async (_, changes, path, rule) => {
  const answer = await propose(changes);
  expect(answer.status).toBe(422);
  expect(rules(answer)).toEqual([[path, rule]]);
  expect(answer.body.violations?.[0]?.message).toContain('population');
});

test('so are those of a counter-offer', async () => {
  const { body } = await propose({});
  const params = { agreementId: body.agreementId };
  const answer = await hub.call<Problem>('counterAgreement', 'quality', {
    params,
    body: { terms: terms({ ...within, reshare: 'yes' }) },
  });
  expect(rules(answer)).toEqual([['/terms/reshare', 'inherited-reshare']]);
});

test('what was signed before its source became stricter is not filed', async () => {
  const signed = anAgreement({ state: 'signed', terms: { ...within, reshare: 'derived' } });
  hub.agreements.give(signed);
  hub.known.inherited = [{ ...inherited[0]!, reshare: { value: 'no', of } }];
  const call = { params: { agreementId: signed.agreementId }, body: { filingNumber: 'BJ-1' } };
  const answer = await hub.call<Problem>('fileAgreement', 'eitc', call);
  expect([answer.status, answer.body.code, rules(answer)]).toEqual([
    409,
    'terms-outdated',
    [['/terms/reshare', 'inherited-reshare']],
  ]);
  hub.known.inherited = inherited;
  expect((await hub.call('fileAgreement', 'eitc', call)).status).toBe(200);
});

/** What a source may allow less of by the day of a step, and the rule by which the step is refused. */
const stricter: readonly (readonly [term: string, now: Partial<InheritedTerms>, rule: string])[] = [
  ['passing on', { reshare: { value: 'no', of } }, 'inherited-reshare'],
  ['keeping', { retainDays: { value: 29, of } }, 'inherited-retention'],
  ['lasting', { validTo: { value: '2027-06-29', of } }, 'inherited-validity'],
  ['showing', { mask: { value: 'hide', of } }, 'inherited-mask'],
];
type State = 'proposed' | 'agreed' | 'signed' | 'active';
const steps: readonly (readonly [step: RouteId, state: State | undefined, as: string, body: object, code: string])[] = [
  ['proposeAgreement', undefined, 'tax', {}, 'invalid-terms'],
  ['counterAgreement', 'proposed', 'quality', {}, 'invalid-terms'],
  ['counterAgreement', 'active', 'tax', {}, 'invalid-terms'],
  ['acceptAgreement', 'proposed', 'quality', { termsVersion: 1 }, 'terms-outdated'],
  ['fileAgreement', 'signed', 'eitc', { filingNumber: 'BJ-1' }, 'terms-outdated'],
];

describe.each(steps)('%s of an agreement that is %s', (route, state, as, body, code) => {
  const asked = { ...within, reshare: 'derived' as const };
  const take = () => {
    const agreement = state && anAgreement({ state, terms: asked });
    if (agreement) hub.agreements.give(agreement);
    const proposal = { resourceId: 'legal-entities', terms: terms(asked) };
    return hub.call<Problem>(route, as, {
      ...(agreement && { params: { agreementId: agreement.agreementId } }),
      body: route === 'proposeAgreement' ? proposal : route === 'counterAgreement' ? { terms: terms(asked) } : body,
    });
  };
  test('is taken within what the sources allow', async () => {
    expect((await take()).status).toBeLessThan(300);
  });
  test.each(stricter)('is refused beyond it: %s', async (_, now, rule) => {
    hub.known.inherited = [{ ...inherited[0]!, ...now }];
    const answer = await take();
    expect([answer.body.code, (answer.body.violations ?? []).map((violation) => violation.rule)]).toEqual([
      code,
      [rule],
    ]);
  });
});

test('records that enter are delivered as they come, and whole', async () => {
  const inputs = { people: { resourceId: resource('population') } };
  const derivation = { inputs, sql: 'SELECT name FROM people', notify: 'entering' as const };
  hub.catalog.give(aResourceVersion({ version: 2, definition: aDefinition({ derivation }) }));
  expect(rules(await propose({ frequency: 'weekly', content: 'changes', fields: ['org_code', 'name'] }))).toEqual([
    ['/terms/frequency', 'entering'],
    ['/terms/content', 'entering'],
  ]);
  expect((await propose({})).status).toBe(201);
});
