import { describe, expect, test } from '@jest/globals';
import type { AgreementText, Differences, OdrlAgreement, Precedent } from '../../schemas/contracts/views.ts';
import { amended, anAgreement, anId, department, terms } from '../support/builders.ts';
import { agreementOn, whole } from './plain-cases.ts';
import { aViewsApi } from './views-api.ts';

const params = { agreementId: anId(1) };
const aHub = () => {
  const hub = aViewsApi();
  hub.agreements.give(amended(agreementOn(), 'proposed', { ...whole, frequency: 'weekly' }));
  return hub;
};

describe('differences', () => {
  const query = { from: 1, to: 2 };

  test.each(['quality', 'tax', 'eitc', 'auditor'])('are told to %s', async (reader) => {
    const { status, body } = await aHub().call<Differences>('compareTerms', reader, { params, query });
    expect(status).toBe(200);
    expect(body).toEqual({
      agreementId: anId(1),
      from: 1,
      to: 2,
      items: [{ path: '/terms/frequency', kind: 'changed', from: 'daily', to: 'weekly' }],
    });
  });
  test('come as CSV for a spreadsheet', async () => {
    const { headers, body } = await aHub().call<string>('compareTerms', 'tax', {
      params,
      query: { ...query, format: 'csv' },
    });
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(body).toBe('\ufeffpath,kind,from,to\r\n/terms/frequency,changed,daily,weekly\r\n');
  });
  test.each([
    ['a stranger', 'press', query, 404, 'not-found'],
    ['a version that there is not', 'tax', { from: 1, to: 7 }, 404, 'no-such-terms'],
    ['a first version that there is not', 'tax', { from: 7, to: 1 }, 404, 'no-such-terms'],
    ['no version', 'tax', { from: 1 }, 400, 'malformed'],
  ])('are refused to %s', async (_, as, asked, status, code) => {
    expect(await aHub().call('compareTerms', as, { params, query: asked })).toMatchObject({
      status,
      body: { code },
    });
  });
});

describe('the text', () => {
  test('is that of the terms in force, in Chinese, unless the reader asks otherwise', async () => {
    const { body } = await aHub().call<AgreementText>('readText', 'tax', { params });
    expect(body).toMatchObject({ termsVersion: 1, language: 'zh', title: '数据共享协议：法人基础信息' });
    expect(body.html).toBeUndefined();
    const other = await aHub().call<AgreementText>('readText', 'tax', {
      params,
      query: { version: 2, language: 'en' },
    });
    expect(other.body).toMatchObject({ termsVersion: 2, language: 'en' });
  });
  test('comes as a page to print', async () => {
    const { headers, body } = await aHub().call<string>('readText', 'eitc', { params, query: { format: 'html' } });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(body).toMatch(/^<!doctype html>/);
    expect(body).toContain('提供方：质量技术监督局（quality）。');
  });
  test.each([
    ['press', {}, 404, 'not-found'],
    ['tax', { version: 9 }, 404, 'no-such-terms'],
    ['tax', { language: 'fr' }, 400, 'malformed'],
  ])('is refused to %s with %j', async (as, query, status, code) => {
    expect(await aHub().call('readText', as, { params, query })).toMatchObject({
      status,
      body: { code },
    });
  });
});

describe('the policy in ODRL', () => {
  test('is that of the terms asked for', async () => {
    const { body } = await aHub().call<OdrlAgreement>('readOdrl', 'auditor', { params, query: { version: 2 } });
    expect(body.uid).toBe(`urn:exchange-hub:agreement:${anId(1)}:terms:2`);
  });
  test('is refused to a stranger', async () => {
    expect(await aHub().call('readOdrl', 'press', { params })).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
  });
});

describe('precedents', () => {
  const list = { params: { resourceId: 'legal-entities' } };
  const aCity = () => {
    const hub = aViewsApi();
    const states = ['active', 'proposed', 'suspended', 'terminated', 'active'] as const;
    for (const [i, state] of states.entries())
      hub.agreements.give(
        anAgreement({ agreementId: anId(i + 1), state, consumer: department(i === 4 ? 'press' : 'tax') }),
      );
    hub.agreements.give(anAgreement({ agreementId: anId(9), state: 'active', resourceId: 'births' as never }));
    return hub;
  };

  test('are the terms in force on the provider’s resource, also of a suspended agreement', async () => {
    const { status, body } = await aCity().call<{ items: Precedent[] }>('listPrecedents', 'quality', list);
    expect(status).toBe(200);
    expect(body.items.map(({ agreementId }) => agreementId)).toEqual([anId(1), anId(3), anId(5)]);
    expect(body.items[2]).toMatchObject({
      consumer: 'press',
      termsVersion: 1,
      filedAt: '2026-12-01T01:00:00.000Z',
      terms: terms(),
    });
  });
  test('come page by page', async () => {
    const hub = aCity();
    const first = await hub.call<{ items: Precedent[]; cursor: string }>('listPrecedents', 'quality', {
      ...list,
      query: { limit: 2 },
    });
    const rest = await hub.call<{ items: Precedent[] }>('listPrecedents', 'quality', {
      ...list,
      query: { limit: 2, cursor: first.body.cursor },
    });
    expect([...first.body.items, ...rest.body.items]).toHaveLength(3);
  });
  test.each([
    ['a consumer of the resource', 'tax', list, 403, 'not-the-provider'],
    [
      'anybody, of a resource that there is not',
      'quality',
      { params: { resourceId: 'nothing' } },
      404,
      'resource-not-found',
    ],
  ])('are refused to %s', async (_, as, call, status, code) => {
    expect(await aCity().call('listPrecedents', as, call)).toMatchObject({ status, body: { code } });
  });
});

describe('a standing offer', () => {
  const at = { params: { resourceId: 'legal-entities' } };
  const offer = { fields: ['org_code', 'name'], maxDays: 365, maxRetainDays: 365 };
  const stated = async (changes: object = {}) => {
    const hub = aViewsApi();
    expect((await hub.call('stateOffer', 'quality', { ...at, body: { ...offer, ...changes } })).status).toBe(200);
    return hub;
  };

  test('is stated by the provider and read by everybody', async () => {
    const hub = await stated();
    expect((await hub.call('readOffer', 'press', at)).body).toMatchObject({
      ...offer,
      provider: 'quality',
      resourceVersion: 1,
      statedAt: '2026-12-01T01:10:00.000Z',
    });
    expect(hub.journal.evidence).toMatchObject([
      { act: 'offer-stated', subject: { resourceId: 'legal-entities', provider: 'quality' } },
    ]);
  });
  test('is known to those alone whom it is for', async () => {
    const hub = await stated({ audience: ['tax'] });
    const readers = ['tax', 'quality', 'eitc', 'auditor', 'press'];
    const answers = await Promise.all(readers.map(async (reader) => (await hub.call('readOffer', reader, at)).status));
    expect(answers).toEqual([200, 200, 200, 200, 404]);
    expect(await hub.call('withdrawOffer', 'press', at)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await hub.call('withdrawOffer', 'eitc', at)).toMatchObject({
      status: 403,
      body: { code: 'not-the-provider' },
    });
  });
  test.each([
    ['tax', ['tax']],
    ['health', ['health']],
    ['quality', ['tax', 'health']],
    ['eitc', ['tax', 'health']],
    ['auditor', ['tax', 'health']],
  ])('shows %s of its audience %j', async (reader, audience) => {
    const hub = await stated({ audience: ['tax', 'health'] });
    expect((await hub.call<{ audience: string[] }>('readOffer', reader, at)).body.audience).toEqual(audience);
  });
  test('takes the place of an earlier one', async () => {
    const hub = await stated();
    await hub.call('stateOffer', 'quality', { ...at, body: { ...offer, maxDays: 30 } });
    expect((await hub.call('readOffer', 'tax', at)).body).toMatchObject({ maxDays: 30 });
  });
  test('is withdrawn by the provider, and a repeated call is answered alike', async () => {
    const hub = await stated();
    const once = await hub.call('withdrawOffer', 'quality', { ...at, headers: { 'idempotency-key': 'k' } });
    expect(once.status).toBe(200);
    expect((await hub.call('readOffer', 'tax', at)).status).toBe(404);
    expect(await hub.call('withdrawOffer', 'quality', { ...at, headers: { 'idempotency-key': 'k' } })).toEqual(once);
    expect(hub.journal.evidence.map(({ act }) => act)).toEqual(['offer-stated', 'offer-withdrawn']);
  });
  test.each([
    ['stateOffer', 'tax', offer, 403, 'not-the-provider'],
    ['stateOffer', 'quality', { ...offer, fields: ['nothing'] }, 422, 'invalid-offer'],
    ['withdrawOffer', 'tax', undefined, 403, 'not-the-provider'],
  ] as const)('%s by %s is refused: %j', async (route, as, body, status, code) => {
    const hub = await stated();
    expect(await hub.call(route, as, { ...at, body })).toMatchObject({ status, body: { code } });
  });
  test('of a resource that there is not is refused', async () => {
    const nowhere = { params: { resourceId: 'nothing' } };
    expect(await aViewsApi().call('stateOffer', 'quality', { ...nowhere, body: offer })).toMatchObject({
      status: 404,
      body: { code: 'resource-not-found' },
    });
    expect(await aViewsApi().call('readOffer', 'quality', nowhere)).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
  });
});
