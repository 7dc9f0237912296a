import { describe, expect, test } from '@jest/globals';
import { partFor, schemeFor } from '../../functions/agreements/domain/scheme.ts';
import type { InheritedTerms } from '../../schemas/contracts/derivations.ts';
import type { SchemeId } from '../../schemas/contracts/ids.ts';
import type { Scheme, SchemePart } from '../../schemas/contracts/schemes.ts';
import type { StoredScheme } from '../../schemas/stored/agreements.ts';
import { anAgreement, anId, department, resource, terms } from '../support/builders.ts';
import { aCity, buildingsOf, districts, named, sites, stored } from './scheme-city.ts';

const long = { validTo: '2027-11-30' };
/** Of its own resource, to each district what is its own. */
const share = (district: string) => ({
  resourceId: sites,
  consumer: `district-${district}`,
  terms: terms({ ...long, filter: [{ field: 'division', op: 'eq', value: district }] }),
});
const proposals = districts.map(share);
const body = { name: '应急指挥主题库', proposals };
/** In the same act it asks for what is another's. */
const asking = { resourceId: buildingsOf('xicheng'), terms: terms(long) };
const mixed = { ...body, proposals: [asking, ...proposals] };

describe('a provider’s scheme', () => {
  test('makes an agreement with each consumer on the one resource, each on its own terms, for the consumer to accept', async () => {
    const city = aCity();
    const { status, body: scheme } = await city.propose(body);
    expect(status).toBe(201);
    expect(scheme).toMatchObject({ name: body.name, proposedBy: 'emergency' });
    expect(named(scheme.items, 'resourceId', 'provider', 'consumer', 'state')).toEqual(
      districts.map((district) => ({
        resourceId: sites,
        provider: 'emergency',
        consumer: `district-${district}`,
        state: 'proposed',
      })),
    );
    expect(
      stored(city).map(({ consumer, terms: [version] }) => [consumer, version?.proposedBy, version?.terms]),
    ).toEqual(proposals.map((proposal) => [proposal.consumer, 'emergency', proposal.terms]));
    expect(city.agreements.told.map(({ to }) => to)).toEqual(proposals.map(({ consumer }) => consumer));
  });
  test('may ask others in the same act, and goes by itself in each part', async () => {
    const city = aCity();
    const sent = {
      ...body,
      proposals: [
        asking,
        share('xicheng'),
        { ...share('xicheng'), consumer: 'nobody' },
        { ...share('xicheng'), consumer: 'auditor' },
        { ...share('xicheng'), consumer: 'emergency' },
        { ...asking, consumer: 'tax' },
        { ...share('dongcheng'), terms: terms({ fields: ['nothing'] }) },
      ],
    };
    const { body: scheme } = await city.propose(sent);
    expect(
      scheme.items.map(({ consumer, state, refusal }) => [
        consumer,
        state ?? refusal?.code,
        refusal?.violations?.map(({ path, rule }) => `${path} ${rule}`),
      ]),
    ).toEqual([
      ['emergency', 'proposed', undefined],
      ['district-xicheng', 'proposed', undefined],
      ['nobody', 'invalid-terms', ['/consumer unknown-department']],
      ['auditor', 'invalid-terms', ['/consumer no-party']],
      ['emergency', 'own-resource', ['/consumer own-resource']],
      ['tax', 'not-the-provider', undefined],
      ['district-dongcheng', 'invalid-terms', ['/terms/fields/0 unknown-field']],
    ]);
    expect(stored(city)).toHaveLength(2);
    const { body: read } = await city.call<Scheme>('readScheme', 'emergency', {
      params: { schemeId: scheme.schemeId },
    });
    expect(read).toEqual(scheme);
  });
  test('has each consumer of a resource once, also where it names the proposer itself', async () => {
    const city = aCity();
    const twice = [...proposals, { ...share('xicheng'), terms: terms() }, asking, { ...asking, consumer: 'emergency' }];
    expect(await city.propose({ ...body, proposals: twice })).toMatchObject({
      status: 422,
      body: {
        code: 'invalid-scheme',
        violations: [
          { path: '/proposals/3/resourceId', rule: 'repeated' },
          { path: '/proposals/5/resourceId', rule: 'repeated' },
        ],
      },
    });
    expect(stored(city)).toEqual([]);
  });
  test('again with the same key proposes nothing twice, and completes what was cut off', async () => {
    const city = aCity();
    const add = city.agreements.add.bind(city.agreements);
    let adds = 0;
    city.agreements.add = async (act) => {
      adds += 1;
      if (adds === 2) throw new Error('the function ran out of time');
      return add(act);
    };
    expect((await city.propose(mixed, 'k')).status).toBe(500);
    city.agreements.add = add;
    const [once, again] = await Promise.all([city.propose(mixed, 'k'), city.propose(mixed, 'k')]);
    expect(once.body.items.map(({ state }) => state)).toEqual(mixed.proposals.map(() => 'proposed'));
    expect(again.body).toEqual(once.body);
    expect(stored(city)).toHaveLength(4);
  });
});

describe('of a provider’s scheme', () => {
  const begun = async () => {
    const city = aCity();
    const { schemeId, items } = (await city.propose(mixed)).body;
    const read = (as: string) => city.call<Scheme>('readScheme', as, { params: { schemeId } });
    const all = items.map(({ agreementId, termsDigest }) => ({
      agreementId: agreementId!,
      termsVersion: 1,
      termsDigest,
    }));
    const first = all.map(({ termsDigest: _termsDigest, ...each }) => each);
    return { city, items, all, first, read, accept: city.acceptOf(schemeId), sign: city.signOf(schemeId) };
  };
  test.each([
    ['emergency', 4],
    ['district-dongcheng', 1],
    ['district-xicheng', 2],
    ['eitc', 4],
    ['auditor', 4],
  ])('%s reads %d parts', async (as, parts) => {
    const { read } = await begun();
    expect((await read(as)).body.items).toHaveLength(parts);
  });
  test('a consumer learns nothing of the others: whether they were asked, on what terms, or refused', async () => {
    const { items, read } = await begun();
    const city = aCity();
    const { body: alone } = await city.propose({ ...body, proposals: [share('dongcheng')] });
    const { body: scheme } = await read('district-dongcheng');
    const own = items.filter(({ consumer }) => consumer === 'district-dongcheng');
    expect(scheme).toEqual({ ...alone, schemeId: scheme.schemeId, items: own });
  });
  test('whoever has no part does not learn that there is one', async () => {
    const { read, first, accept, sign } = await begun();
    const answers = [await read('press'), await accept('press', first), await sign('press', first.map(signed))];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });
  test('each consumer accepts its own, the proposer none of what it proposed', async () => {
    const { first, accept } = await begun();
    const codes = async (as: string) =>
      (await accept(as, first)).body.items.map(({ state, refusal }) => state ?? refusal?.code);
    expect(await codes('district-dongcheng')).toEqual(['not-found', 'not-found', 'agreed', 'not-found']);
    expect(await codes('district-xicheng')).toEqual(['agreed', 'agreed', 'not-found', 'not-found']);
    expect(await codes('emergency')).toEqual(['wrong-state', 'wrong-state', 'wrong-state', 'own-proposal']);
  });
  test('each consumer signs its own, the provider all by one call, also where only some are agreed', async () => {
    const { city, all, first, accept, sign } = await begun();
    await accept('district-xicheng', first);
    await accept('district-dongcheng', first);
    const states = async (as: string) =>
      (await sign(as, all)).body.items.map(({ state, refusal }) => state ?? refusal?.code);
    expect(await states('emergency')).toEqual(['agreed', 'agreed', 'agreed', 'wrong-state']);
    expect(await states('district-xicheng')).toEqual(['signed', 'signed', 'not-found', 'not-found']);
    await accept('district-chaoyang', first);
    expect(await states('emergency')).toEqual(['signed', 'signed', 'agreed', 'agreed']);
    expect(city.journal.evidence.filter(({ act }) => act === 'agreement-signed')).toHaveLength(6);
  });
});

describe('of a derived resource', () => {
  const of = { input: 'people', resourceId: resource('population') };
  const inherited: InheritedTerms = {
    field: 'name',
    providers: [department('public-security')],
    reshare: { value: 'derived', of },
    retainDays: { value: 365, of },
    validTo: { value: '2027-11-30', of },
  };
  test('each part goes no further than the sources allow, on the day of its proposal and of its acceptance', async () => {
    const city = aCity();
    city.known.inherited = [inherited];
    const passedOn = { ...share('dongcheng'), terms: terms({ ...long, reshare: 'yes' }) };
    const { body: scheme } = await city.propose({
      ...body,
      proposals: [share('xicheng'), passedOn, share('chaoyang')],
    });
    const rules = (items: readonly { readonly refusal?: SchemePart['refusal'] }[]) =>
      items.map(({ refusal }) => refusal?.violations?.map(({ rule }) => rule));
    expect(rules(scheme.items)).toEqual([undefined, ['inherited-reshare'], undefined]);
    const first = scheme.items.flatMap(({ agreementId }) => (agreementId ? [{ agreementId, termsVersion: 1 }] : []));
    const accept = city.acceptOf(scheme.schemeId);
    expect((await accept('district-xicheng', first)).body.items[0]).toMatchObject({ state: 'agreed' });
    city.known.inherited = [{ ...inherited, validTo: { value: '2027-06-30', of } }];
    const { body: late } = await accept('district-chaoyang', first);
    expect([late.items[1]?.refusal?.code, rules(late.items)[1]]).toEqual(['terms-outdated', ['inherited-validity']]);
  });
  test('with the consumer’s acceptance those are asked who have to consent, but for the parties', async () => {
    const city = aCity();
    city.known.inherited = [{ ...inherited, consent: [department('public-security'), department('district-xicheng')] }];
    const { body: scheme } = await city.propose({ ...body, proposals: [share('xicheng')] });
    expect(stored(city)[0]?.consents).toEqual([]);
    const [{ agreementId } = { agreementId: undefined }] = scheme.items;
    await city.acceptOf(scheme.schemeId)('district-xicheng', [{ agreementId, termsVersion: 1 }]);
    expect(stored(city)[0]?.consents).toEqual([{ department: 'public-security', state: 'asked' }]);
  });
});

/** As an acceptance names it, with a digest. */
const signed = (agreement: object) => ({ ...agreement, termsDigest: anAgreement().termsDigest });

describe('what is stored', () => {
  const schemeId = '01JDBV0H7N6Z8W3Q5X9R2T5SCH' as SchemeId;
  const [emergency, xicheng] = [department('emergency'), department('district-xicheng')];
  test('ids of own wishes are those of earlier versions; of what is proposed to others nobody can work them out', () => {
    const idOf = (consumer?: typeof xicheng) =>
      partFor(schemeId, { resourceId: resource('streets'), consumer }, emergency, () => anId(7)).agreementId;
    expect([idOf(), idOf(emergency), idOf(xicheng)]).toEqual([
      'FYR5HE5WX5PJBVN4TNABDFFPZ8',
      'FYR5HE5WX5PJBVN4TNABDFFPZ8',
      anId(7),
    ]);
  });
  test('of an earlier version names a consumer, who proposed it', () => {
    const agreement = anAgreement({ consumer: emergency });
    const before: StoredScheme = {
      schemeId,
      name: '一期',
      consumer: emergency,
      startedAt: '2026-11-01T01:00:00.000Z',
      digest: agreement.termsDigest,
      parts: [
        { resourceId: agreement.resourceId, agreementId: agreement.agreementId },
        {
          resourceId: resource('secret-plans'),
          agreementId: anId(8),
          refusal: { code: 'sharing-refused', detail: 'no' },
        },
      ],
    };
    const shown = (id: string) => schemeFor(before, [agreement], { department: department(id), roles: ['department'] });
    expect(shown('emergency')).toMatchObject({
      proposedBy: 'emergency',
      items: [{ consumer: 'emergency' }, { consumer: 'emergency', refusal: { code: 'sharing-refused' } }],
    });
    expect(shown('quality')?.items).toHaveLength(1);
    expect(shown('press')).toBeUndefined();
  });
});
