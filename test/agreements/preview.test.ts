import { describe, expect, test } from '@jest/globals';
import { mayPreview, previewedFields, sampleSpec } from '../../functions/agreements/domain/terms/preview.ts';
import type { Consent } from '../../schemas/contracts/agreements.ts';
import type { InheritedTerms } from '../../schemas/contracts/derivations.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import type { StoredDataset } from '../../schemas/stored/datasets.ts';
import type { Preview } from '../../schemas/contracts/views.ts';
import {
  aResourceVersion,
  amended,
  anAgreement,
  anId,
  comparisonTerms,
  department,
  lookupTerms,
  resource,
  sha256,
  terms,
  type AgreementChanges,
} from '../support/builders.ts';
import { aViewsApi, datasetOf } from './views-api.ts';
import { agreementOn, firms, whole } from './plain-cases.ts';

const officer = (id: string, ...roles: ('department' | 'authority' | 'auditor')[]) => ({
  department: department(id),
  roles: roles.length > 0 ? roles : (['department'] as const),
});

describe('who may preview', () => {
  const byConsumer = anAgreement();
  const byProvider = anAgreement({ proposedBy: department('quality') });
  const accepted = anAgreement({ state: 'agreed' });
  const offered = {
    ...byConsumer,
    history: [
      ...byConsumer.history,
      {
        at: '2026-12-01T01:00:00.000Z',
        by: department('quality'),
        action: 'accept' as const,
        termsVersion: 1,
        byOffer: true as const,
      },
    ],
  };
  const signed = {
    ...offered,
    history: [
      ...offered.history,
      { at: '2026-12-01T02:00:00.000Z', by: department('quality'), action: 'sign' as const, termsVersion: 1 },
    ],
  };
  const replaced = { ...accepted, termsVersion: 2 };
  test.each([
    ['the provider, what the consumer proposed', byConsumer, officer('quality'), undefined],
    ['the provider, what it proposed itself', byProvider, officer('quality'), undefined],
    ['the consumer, what the provider proposed', byProvider, officer('tax'), undefined],
    ['the consumer, what the provider accepted', accepted, officer('tax'), undefined],
    ['the consumer, what a standing offer accepted and the provider signed', signed, officer('tax'), undefined],
    ['the consumer, what is in force', anAgreement({ state: 'active' }), officer('tax'), undefined],
    ['the provider, whatever became of it', anAgreement({ state: 'terminated' }), officer('quality'), undefined],
    [
      'not the consumer, what only a standing offer accepted: nobody has read the questions',
      offered,
      officer('tax'),
      'not-yours-to-preview',
    ],
    [
      'not the consumer while it is suspended',
      anAgreement({ state: 'suspended' }),
      officer('tax'),
      'not-yours-to-preview',
    ],
    ['not the consumer once it is ended', anAgreement({ state: 'terminated' }), officer('tax'), 'not-yours-to-preview'],
    ['not the consumer once it has expired', anAgreement({ state: 'expired' }), officer('tax'), 'not-yours-to-preview'],
    ['not the consumer, what was replaced', replaced, officer('tax'), 'not-yours-to-preview'],
    [
      'not the consumer, what only it proposed: terms would be questions',
      byConsumer,
      officer('tax'),
      'not-yours-to-preview',
    ],
    ['not the authority', accepted, officer('eitc', 'department', 'authority'), 'not-yours-to-preview'],
    ['not the auditor', accepted, officer('auditor', 'auditor'), 'not-yours-to-preview'],
    ['not a stranger, who does not know of it', accepted, officer('press'), 'not-found'],
  ] as const)('%s', (_, agreement, by, code) => {
    const outcome = mayPreview(agreement, agreement.terms[0]!, by);
    expect(outcome.ok ? undefined : outcome.refusal.code).toBe(code);
  });
  test('terms of an amendment are on the table beside those in force', () => {
    const agreement = amended(anAgreement({ state: 'active' }), 'proposed');
    const preview = (proposedBy: string) =>
      mayPreview(agreement, { version: 2, proposedBy: department(proposedBy) }, officer('tax')).ok;
    expect([preview('quality'), preview('tax')]).toEqual([true, false]);
  });
  test('an acceptance of earlier terms is none of later ones', () => {
    const outcome = mayPreview(replaced, { version: 2, proposedBy: department('tax') }, officer('tax'));
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'not-yours-to-preview' } });
  });
});

test('a sample shows what is public, the first character of what is internal, and nothing of persons, unless terms show less', () => {
  const asked = terms({
    fields: ['org_code', 'name', 'capital', 'phone', 'illness'],
    mask: { name: 'last4', capital: 'hide', phone: 'last4' },
  });
  expect(sampleSpec(asked, firms.schema).mask).toEqual({
    name: 'last4',
    capital: 'hide',
    phone: 'hide',
    illness: 'hide',
  });
  expect(sampleSpec(terms({ fields: ['org_code', 'capital'] }), firms.schema).mask).toEqual({ capital: 'first1' });
});
test('fields are told as the delivery will have them', () => {
  expect(previewedFields(terms({ fields: ['phone', 'capital'], mask: { phone: 'last4' } }), firms.schema)).toEqual([
    { name: 'phone', title: '联系电话', sensitivity: 'personal', mask: 'last4' },
    { name: 'capital', sensitivity: 'internal' },
  ]);
});

const csv =
  'org_code,name,capital,approved_on,phone,illness,active\n' +
  '11-1,甲,5000,2020-01-01,13800138000,x,true\n' +
  '12-1,乙,9000,2020-01-01,13800138001,y,true\n' +
  '11-2,丙,7000,2020-01-01,,z,true\n' +
  '11-3,丁,10,2020-01-01,13800138003,,true\n';

describe('a preview', () => {
  const aPreview = () => {
    const hub = aViewsApi();
    hub.agreements.give(agreementOn({}, { state: 'agreed' }));
    hub.put(datasetOf(csv, { datasetVersion: 4 }));
    return hub;
  };
  const params = { agreementId: anId(1) };

  test.each(['quality', 'tax'])('answers %s what these terms would deliver of the data in force', async (party) => {
    const { body, status } = await aPreview().call<Preview>('previewTerms', party, { params });
    expect(status).toBe(200);
    expect(body).toEqual({
      agreementId: anId(1),
      termsVersion: 1,
      datasetVersion: 4,
      rows: 2,
      exact: true,
      fields: [
        { name: 'org_code', title: '组织机构代码', sensitivity: 'public' },
        { name: 'name', title: '机构名称', sensitivity: 'public' },
        { name: 'phone', title: '联系电话', sensitivity: 'personal', mask: 'last4' },
        { name: 'illness', title: '病史', sensitivity: 'sensitive' },
      ],
      sample: [
        { org_code: '11-1', name: '甲', phone: '***', illness: '***' },
        { org_code: '11-2', name: '丙', phone: null, illness: '***' },
      ],
    });
  });
  test.each([
    ['looked up: one', lookupTerms({ filter: whole.filter }), [{ org_code: '11-1', name: '甲' }]],
    ['compared: none', comparisonTerms({ fields: ['org_code', 'name'], filter: whole.filter }), []],
  ])('counts all, and shows of records that are %s', async (_, agreed, sample) => {
    const hub = aPreview();
    hub.agreements.give(anAgreement({ state: 'agreed', terms: agreed }));
    const { body, status } = await hub.call<Preview>('previewTerms', 'tax', { params });
    expect(status).toBe(200);
    expect(body).toMatchObject({ rows: 2, exact: true, sample });
  });
  test('is put on record, with figures and without a value', async () => {
    const hub = aPreview();
    await hub.call('previewTerms', 'tax', { params });
    expect(hub.journal.evidence).toMatchObject([
      {
        act: 'terms-previewed',
        actor: { department: 'tax' },
        subject: { agreementId: anId(1), termsVersion: 1, datasetVersion: 4, provider: 'quality', consumer: 'tax' },
        figures: { rows: 2 },
      },
    ]);
    expect(JSON.stringify([hub.journal.evidence, hub.log.lines])).not.toContain('11-1');
  });
  test('reads a large dataset for so long only, and says that it did not get to the end', async () => {
    const hub = aPreview();
    const rows = Array.from({ length: 60_000 }, (_, i) => `11-${i},甲,5000,2020-01-01,,,true\n`).join('');
    hub.put(datasetOf(csv.slice(0, csv.indexOf('\n') + 1) + rows));
    const began = Date.parse(hub.clock.now());
    let looks = 0;
    hub.clock.now = () => new Date(began + (looks += 1) * 1000).toISOString();
    const { body } = await hub.call<Preview>('previewTerms', 'tax', { params });
    expect(body.exact).toBe(false);
    expect(body.rows).toBeGreaterThan(0);
    expect(body.rows).toBeLessThan(60_000);
    expect(body.sample).toHaveLength(5);
  });
  test.each([
    ['press', 404, 'not-found'],
    ['eitc', 403, 'not-yours-to-preview'],
    ['auditor', 403, 'not-yours-to-preview'],
  ])('is refused to %s', async (as, status, code) => {
    const hub = aPreview();
    expect(await hub.call('previewTerms', as, { params })).toMatchObject({ status, body: { code } });
    expect(hub.journal.evidence).toEqual([]);
  });
  test('of terms that there are not is refused', async () => {
    expect(await aPreview().call('previewTerms', 'tax', { params, query: { version: 9 } })).toMatchObject({
      status: 404,
      body: { code: 'no-such-terms' },
    });
  });
  test('of a resource without data is refused', async () => {
    const hub = aViewsApi();
    hub.agreements.give(agreementOn({}, { state: 'agreed' }));
    expect(await hub.call('previewTerms', 'quality', { params })).toMatchObject({
      status: 409,
      body: { code: 'nothing-to-preview' },
    });
  });
  test('of data whose resource version the terms do not fit is refused: nothing of them would be delivered', async () => {
    const without = {
      ...firms,
      schema: { ...firms.schema, fields: firms.schema.fields.filter(({ name }) => name !== 'phone') },
    };
    const hub = aViewsApi([
      aResourceVersion({ definition: firms }),
      aResourceVersion({ version: 2, definition: without }),
    ]);
    hub.agreements.give(agreementOn({}, { state: 'agreed' }));
    hub.put(datasetOf('org_code,name,capital,approved_on,illness,active\n', { resourceVersion: 2 }));
    expect(await hub.call('previewTerms', 'quality', { params })).toMatchObject({
      status: 409,
      body: { code: 'nothing-to-preview' },
    });
  });
});

describe('a preview of derived data', () => {
  const source = anAgreement({ agreementId: anId(50), resourceId: resource('population'), state: 'active' });
  const of = { input: 'people', resourceId: resource('population') };
  const police = department('public-security');
  const inherited: InheritedTerms = {
    field: 'name',
    providers: [police],
    reshare: { value: 'consent', of },
    retainDays: { value: 365, of },
    consent: [police],
  };
  const restsOn = [{ agreementId: source.agreementId, termsVersion: 1 }];
  const origin: StoredDataset['origin'] = { kind: 'derivation', run: sha256, inputs: {}, restsOn };
  const terms = { fields: ['org_code', 'name'] };
  /** The source by now. */
  interface Source {
    readonly state?: 'active' | 'suspended';
    readonly stricter?: Partial<InheritedTerms>;
  }
  const ask = async (as: string, agreement: AgreementChanges, { state = 'active', stricter }: Source = {}) => {
    const hub = aViewsApi();
    hub.known.inherited = [{ ...inherited, ...stricter }];
    hub.agreements.give({ ...source, state });
    hub.agreements.give(anAgreement({ terms, ...agreement }));
    hub.put(datasetOf(csv, { origin }));
    const reply = await hub.call<Preview & Problem>('previewTerms', as, { params: { agreementId: anId(1) } });
    expect(hub.journal.evidence).toHaveLength(reply.status === 200 ? 1 : 0);
    return reply.status === 200 ? 'shown' : reply.body.code;
  };
  const offered = { proposedBy: department('quality') };
  const consented = (state: Consent['state']) => ({
    ...offered,
    state: 'agreed' as const,
    consents: [{ department: police, state }],
  });

  test('is the consumer’s once those have consented who have to, also where the provider began', async () => {
    expect(await ask('tax', offered)).toBe('not-yours-to-preview');
    expect(await ask('tax', consented('asked'))).toBe('not-yours-to-preview');
    expect(await ask('tax', consented('refused'))).toBe('not-yours-to-preview');
    expect(await ask('tax', consented('given'))).toBe('shown');
    expect(await ask('quality', offered)).toBe('shown');
  });
  const mask = { value: 'last4' as const, of: { ...of, field: 'name' } };
  test('is nobody’s while a source is not granted, or allows less than the terms ask for', async () => {
    for (const as of ['quality', 'tax']) {
      expect(await ask(as, consented('given'), { state: 'suspended' })).toBe('nothing-to-preview');
      expect(await ask(as, consented('given'), { stricter: { mask } })).toBe('nothing-to-preview');
    }
  });
});
