import { describe, expect, test } from '@jest/globals';
import type { Scheme } from '../../schemas/contracts/schemes.ts';
import { terms } from '../support/builders.ts';
import { NotInTime } from '../../functions/kernel/fault.ts';
import { aCity, body, buildingsOf, districts, named, stored } from './scheme-city.ts';

const { proposals } = body;

describe('proposing a scheme', () => {
  test('makes an agreement of each proposal, with the provider’s terms to accept and sign', async () => {
    const city = aCity();
    const { status, body: scheme } = await city.propose();
    expect(status).toBe(201);
    expect(scheme).toMatchObject({ name: body.name, proposedBy: 'emergency' });
    expect(named(scheme.items, 'resourceId', 'provider', 'state', 'termsVersion')).toEqual(
      districts.map((district) => ({
        resourceId: buildingsOf(district),
        provider: `district-${district}`,
        state: 'proposed',
        termsVersion: 1,
      })),
    );
    expect(stored(city).map((agreement) => agreement.scheme)).toEqual(districts.map(() => scheme.schemeId));
    expect(city.journal.evidence.map(({ act }) => act)).toEqual(districts.map(() => 'agreement-proposed'));
    expect(city.agreements.told.map(({ to }) => to).toSorted()).toEqual(
      districts.map((district) => `district-${district}`).toSorted(),
    );
  });
  test('tells of each proposal that is refused why, and makes the others', async () => {
    const city = aCity();
    const bad = [
      { ...proposals[0]!, terms: terms({ fields: ['nothing'] }) },
      proposals[1]!,
      { ...proposals[2]!, resourceId: 'no-such' },
    ];
    const { body: scheme } = await city.propose({ ...body, proposals: bad });
    expect(scheme.items[0]).toMatchObject({
      refusal: { code: 'invalid-terms', violations: [{ path: '/terms/fields/0' }] },
    });
    expect(scheme.items[1]).toMatchObject({ state: 'proposed' });
    expect(scheme.items[2]).toMatchObject({ refusal: { code: 'resource-not-found' } });
    expect(stored(city)).toHaveLength(1);
  });
  test('of a great many wrong fields tells the first: a scheme is one stored item', async () => {
    const city = aCity();
    const fields = Array.from({ length: 300 }, (_, index) => `no_such_field_${index}`);
    const { body: scheme } = await city.propose({
      ...body,
      proposals: [{ ...proposals[0]!, terms: terms({ fields }) }],
    });
    const { violations } = scheme.items[0]!.refusal!;
    expect(violations![0]!.path).toBe('/terms/fields/0');
    expect(JSON.stringify(violations).length).toBeLessThan(6000);
  });
  test('of one resource twice is refused, and of more than fifty malformed', async () => {
    const city = aCity();
    expect(await city.propose({ ...body, proposals: [proposals[0], proposals[1], proposals[0]] })).toMatchObject({
      status: 422,
      body: { code: 'invalid-scheme', violations: [{ path: '/proposals/2/resourceId', rule: 'repeated' }] },
    });
    const many = Array.from({ length: 51 }, (_, i) => ({ ...proposals[0]!, resourceId: `r${i}` }));
    expect(await city.propose({ ...body, proposals: many })).toMatchObject({
      status: 400,
      body: { code: 'malformed' },
    });
    expect(stored(city)).toEqual([]);
  });
  test('again with the same key answers alike and proposes nothing twice', async () => {
    const city = aCity();
    const once = await city.propose(body, 'k');
    expect(await city.propose(body, 'k')).toEqual(once);
    expect(stored(city)).toHaveLength(3);
  });
  test('again with another key is another scheme', async () => {
    const city = aCity();
    await city.propose(body, 'k');
    await city.propose(body, 'l');
    expect(stored(city)).toHaveLength(6);
  });
  test('that was cut off is completed by its repetition', async () => {
    const city = aCity();
    const add = city.agreements.add.bind(city.agreements);
    let adds = 0;
    city.agreements.add = async (act) => {
      adds += 1;
      if (adds === 2) throw new Error('the function ran out of time');
      return add(act);
    };
    expect((await city.propose(body, 'k')).status).toBe(500);
    const begun = stored(city).map(({ agreementId }) => agreementId);
    expect(begun.length).toBeGreaterThan(0);
    city.agreements.add = add;
    const { status, body: scheme } = await city.propose(body, 'k');
    expect(status).toBe(201);
    expect(scheme.items.every(({ state }) => state === 'proposed')).toBe(true);
    expect(stored(city)).toHaveLength(3);
    expect(scheme.items.map(({ agreementId }) => agreementId)).toEqual(expect.arrayContaining(begun));
  });
  test('of which a part meets others for too long is to be repeated, and completed by that', async () => {
    const city = aCity();
    const add = city.agreements.add.bind(city.agreements);
    let adds = 0;
    city.agreements.add = async (act) => {
      adds += 1;
      if (adds % 2 === 0) throw new NotInTime('a write met others for too long');
      return add(act);
    };
    const statuses = [];
    for (let calls = 0; calls < 3; calls++) statuses.push((await city.propose(body, 'k')).status);
    expect(statuses).toEqual([503, 503, 201]);
    expect(stored(city)).toHaveLength(3);
  });
  test('that was cut off is not completed by another request with its key', async () => {
    const city = aCity();
    const conclude = city.schemes.conclude.bind(city.schemes);
    city.schemes.conclude = async () => {
      throw new Error('the function ran out of time');
    };
    await city.propose(body, 'k');
    city.schemes.conclude = conclude;
    expect(await city.propose({ ...body, name: 'another' }, 'k')).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    });
  });
  test('twice at once with one key proposes each agreement once', async () => {
    const city = aCity();
    const answers = await Promise.all([city.propose(body, 'k'), city.propose(body, 'k')]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0].body).toEqual(answers[1].body);
    expect(stored(city)).toHaveLength(3);
  });
});

describe('reading a scheme', () => {
  const read = async (as: string) => {
    const city = aCity();
    const { body: scheme } = await city.propose({
      ...body,
      proposals: [...proposals, { ...proposals[0]!, resourceId: 'no-such' }],
    });
    return city.call<Scheme>('readScheme', as, { params: { schemeId: scheme.schemeId } });
  };
  test.each([
    ['emergency', 4],
    ['district-xicheng', 1],
    ['eitc', 3],
    ['auditor', 3],
  ])('%s sees %d of its parts', async (as, parts) => {
    const { status, body: scheme } = await read(as);
    expect(status).toBe(200);
    expect(scheme.items).toHaveLength(parts);
  });
  test('whoever has no part in it does not learn that there is one', async () => {
    expect(await read('press')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });
});

describe('a step on many agreements', () => {
  const begun = async () => {
    const city = aCity();
    const { schemeId, items } = (await city.propose()).body;
    const params = { schemeId };
    const first = items.map(({ agreementId }) => ({ agreementId: agreementId!, termsVersion: 1 }));
    return { city, items, params, first, accept: city.acceptOf(schemeId), sign: city.signOf(schemeId) };
  };

  test('a provider accepts its own, and of the others learns nothing', async () => {
    const { first, accept } = await begun();
    const { status, body: steps } = await accept('district-dongcheng', first);
    expect(status).toBe(200);
    expect(steps.items).toMatchObject([
      { refusal: { code: 'not-found' } },
      { agreementId: first[1]!.agreementId, state: 'agreed' },
      { refusal: { code: 'not-found' } },
    ]);
  });
  test('acceptance binds to the version that was read', async () => {
    const { first, accept } = await begun();
    const { body: steps } = await accept('district-xicheng', [{ ...first[0]!, termsVersion: 2 }]);
    expect(steps.items).toMatchObject([{ refusal: { code: 'terms-changed' } }]);
  });
  test('the consumer cannot accept what it proposed', async () => {
    const { first, accept } = await begun();
    const { body: steps } = await accept('emergency', first);
    expect(steps.items.map(({ refusal }) => refusal?.code)).toEqual(districts.map(() => 'own-proposal'));
  });
  test('said again it is done, also without a key', async () => {
    const { city, first, accept } = await begun();
    await accept('district-xicheng', first);
    const { body: steps } = await accept('district-xicheng', first);
    expect(steps.items[0]).toEqual({ agreementId: first[0]!.agreementId, state: 'agreed' });
    expect(city.journal.evidence.filter(({ act }) => act === 'agreement-accepted')).toHaveLength(1);
  });
  test('with the same key it is answered alike', async () => {
    const { first, accept } = await begun();
    const once = await accept('district-xicheng', first, 'k');
    expect(await accept('district-xicheng', first, 'k')).toEqual(once);
  });
  test('both sides sign what they read, by its digest', async () => {
    const { city, items, params, first, accept, sign } = await begun();
    for (const district of districts) await accept(`district-${district}`, first);
    const digests = items.map(({ agreementId, termsDigest }) => ({ agreementId, termsVersion: 1, termsDigest }));
    const { body: steps } = await sign('emergency', digests);
    expect(steps.items.map(({ state }) => state)).toEqual(['agreed', 'agreed', 'agreed']);
    expect((await sign('district-chaoyang', digests)).body.items[2]).toMatchObject({ state: 'signed' });
    expect((await sign('emergency', digests)).body.items.map(({ refusal }) => refusal)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const { body: scheme } = await city.call<Scheme>('readScheme', 'emergency', { params });
    expect(scheme.items.map(({ state }) => state)).toEqual(['agreed', 'agreed', 'signed']);
  });
  test('a digest of other terms signs nothing', async () => {
    const { items, first, accept, sign } = await begun();
    await accept('district-xicheng', first);
    const wrong = [{ ...first[0]!, termsDigest: items[1]!.termsDigest }];
    expect((await sign('district-xicheng', wrong)).body.items).toMatchObject([{ refusal: { code: 'digest-differs' } }]);
  });
  test('an agreement of no scheme is not one of this', async () => {
    const { city, first, accept } = await begun();
    const other = (await city.propose(body, 'another')).body.items[0]!.agreementId!;
    const { body: steps } = await accept('district-xicheng', [first[0]!, { agreementId: other, termsVersion: 1 }]);
    expect(steps.items).toMatchObject([{ state: 'agreed' }, { refusal: { code: 'not-found' } }]);
  });
  test('who is no party does not learn that there is a scheme, but for the authority, which may read it', async () => {
    const { first, accept } = await begun();
    expect(await accept('press', first)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await accept('eitc', first)).toMatchObject({ status: 403, body: { code: 'not-a-party' } });
  });
});
