import { beforeEach, describe, expect, test } from '@jest/globals';
import { Agreement, AgreementList, type AgreementState } from '../../schemas/contracts/agreements.ts';
import type { DemandId, SchemeId } from '../../schemas/contracts/ids.ts';
import type { Offer } from '../../schemas/contracts/offers.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import type { RouteId } from '../../schemas/contracts/routes.ts';
import { agreementsRoutes } from '../../schemas/contracts/routes/agreements.ts';
import {
  aDefinition,
  aResourceVersion,
  anAgreement,
  anId,
  department,
  resource,
  sha256,
  amended,
  terms,
} from '../support/builders.ts';
import { membersOf } from '../support/memory/notices.ts';
import { anAgreementsApi } from './api.ts';

const id = anAgreement().agreementId;
const params = { agreementId: id };
const unknown = { agreementId: anId(999) };
const body = { resourceId: 'legal-entities', terms: terms() };

let hub = anAgreementsApi();
beforeEach(() => {
  hub = anAgreementsApi();
});

const offer: Offer = {
  resourceId: resource('legal-entities'),
  provider: department('quality'),
  resourceVersion: 1,
  statedAt: '2026-11-01T01:00:00.000Z',
  fields: ['org_code', 'name'],
  mask: {},
  modes: ['delivery'],
  contents: ['snapshot'],
  formats: ['csv'],
  frequencies: ['on-arrival'],
  maxDays: 3660,
  maxRetainDays: 365,
};
const reason = { reason: 'no longer needed' };
const disposal = { method: 'deleted', disposedOn: '2026-12-01', words: 'all copies' };

/** What each acting route takes, for the agreement that stands before it. */
const acts = [
  ['counterAgreement', 'proposed', 'quality', { terms: terms({ frequency: 'daily' }) }],
  ['commentOnAgreement', 'proposed', 'quality', { text: 'daily would do?' }],
  ['acceptAgreement', 'proposed', 'quality', { termsVersion: 1 }],
  ['signAgreement', 'agreed', 'tax', { termsVersion: 1, termsDigest: anAgreement().termsDigest }],
  ['fileAgreement', 'signed', 'eitc', { filingNumber: 'BJ-1' }],
  ['withdrawAmendment', 'active', 'quality', reason],
  ['suspendAgreement', 'active', 'quality', reason],
  ['resumeAgreement', 'suspended', 'quality', reason],
  ['terminateAgreement', 'active', 'tax', reason],
  ['openDispute', 'active', 'tax', reason],
  ['answerDispute', 'active', 'quality', reason],
  ['decideDispute', 'active', 'eitc', reason],
  ['stateDisposal', 'terminated', 'tax', disposal],
] as const satisfies readonly (readonly [RouteId, AgreementState, string, object])[];

/** `press` is no party, but fields of it are granted. */
const askedOfPress: Agreement['consents'] = [{ department: department('press'), state: 'asked' }];

/** The agreement that an act finds before it. */
function before(route: RouteId, state: AgreementState = 'active'): Agreement {
  if (route === 'consentToAgreement') return anAgreement({ state: 'signed', consents: askedOfPress });
  if (route === 'objectToAgreement') return anAgreement({ state: 'active', consents: askedOfPress });
  const agreement = anAgreement({ state });
  if (route === 'withdrawAmendment') return amended(agreement, 'proposed');
  return route === 'answerDispute' || route === 'decideDispute'
    ? { ...agreement, dispute: { state: 'open', openedBy: department('tax'), openedAt: '2026-12-01T01:00:00.000Z' } }
    : agreement;
}

test('an agreement goes from proposal to termination, each step with its evidence', async () => {
  const { status, body: proposed } = await hub.call<Agreement>('proposeAgreement', 'tax', { body });
  expect(status).toBe(201);
  const at = { params: { agreementId: proposed.agreementId } };
  const signature = { termsVersion: proposed.termsVersion, termsDigest: proposed.termsDigest };
  const steps = [
    await hub.call<Agreement>('acceptAgreement', 'quality', { ...at, body: { termsVersion: 1 } }),
    await hub.call<Agreement>('signAgreement', 'tax', { ...at, body: signature }),
    await hub.call<Agreement>('signAgreement', 'quality', { ...at, body: signature }),
    await hub.call<Agreement>('fileAgreement', 'eitc', { ...at, body: { filingNumber: 'BJ-2026-0117' } }),
    await hub.call<Agreement>('terminateAgreement', 'tax', { ...at, body: { reason: 'merged' } }),
  ];
  expect(steps.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(steps.map((step) => Agreement.parse(step.body).state)).toEqual([
    'agreed',
    'agreed',
    'signed',
    'active',
    'terminated',
  ]);
  expect((await hub.call('readAgreement', 'tax', at)).body).toEqual(steps.at(-1)?.body);
  expect(
    hub.journal.evidence.map(({ act, actor, subject, digests }) => [
      act,
      actor.department,
      actor.session,
      subject.agreementId,
      digests,
    ]),
  ).toEqual(
    [
      ['agreement-proposed', 'tax'],
      ['agreement-accepted', 'quality'],
      ['agreement-signed', 'tax'],
      ['agreement-signed', 'quality'],
      ['agreement-filed', 'eitc'],
      ['agreement-terminated', 'tax'],
    ].map(([act, by]) => [act, by, 'clerk-7', proposed.agreementId, { terms: proposed.termsDigest }]),
  );
  expect(hub.journal.evidence[4]?.subject.filingNumber).toBe('BJ-2026-0117');
});

describe.each(acts)('%s', (route, state, as, request) => {
  const act = async () => {
    hub.agreements.give(before(route, state));
    const reply = await hub.call<Agreement>(route, as, { params, body: request });
    expect(reply.status).toBe(200);
    return reply.body;
  };
  test('leaves a mark where the delivery side must react', async () => {
    await act();
    const reactsTo: readonly RouteId[] = ['fileAgreement', 'suspendAgreement', 'resumeAgreement', 'terminateAgreement'];
    expect(hub.agreements.items.get(id)).toMatchObject({
      revision: 2,
      lookAgainAt: reactsTo.includes(route) ? '2026-12-01T01:11:00.000Z' : undefined,
    });
  });
  test('tells the other party, or both where the authority acts, and the authority of disputes, in ids and states only', async () => {
    const { history, state: now } = await act();
    const { action, termsVersion } = history.at(-1)!;
    expect(hub.agreements.told.map(({ to, notice: { noticeId: _id, ...notice } }) => [to, notice])).toEqual(
      ['quality', 'tax', ...(['dispute', 'answer'].includes(action) ? ['eitc'] : [])]
        .filter((party) => party !== as)
        .map((party) => [
          party,
          {
            type: 'agreement',
            event: action,
            at: '2026-12-01T01:10:00.000Z',
            by: as,
            agreementId: id,
            termsVersion,
            state: now,
            resourceId: 'legal-entities',
            path: `/v1/agreements/${id}`,
          },
        ]),
    );
  });
  test('has the duties looked at, and says when a date acts next', async () => {
    const { state: now } = await act();
    const isOver = now === 'terminated' || now === 'expired';
    expect(hub.agreements.items.get(id)).toMatchObject({
      lookAtDuties: '2026-12-01T01:10:00.000Z',
      nextTick: isOver ? undefined : '2027-11-30T16:00:00.000Z',
    });
  });
  test('proves who did what to which terms, for whom, without a word', async () => {
    const { history, terms: versions, provider, consumer } = await act();
    const { termsVersion } = history.at(-1)!;
    expect(hub.journal.evidence).toHaveLength(1);
    expect(hub.journal.evidence[0]).toMatchObject({
      actor: { department: as, session: 'clerk-7' },
      subject: { agreementId: id, resourceVersion: 1, termsVersion, provider, consumer },
      digests: { terms: versions.find(({ version }) => version === termsVersion)?.digest },
    });
    expect(JSON.stringify([hub.journal.evidence, hub.agreements.told])).not.toMatch(/needed|would do|all copies/);
  });
});

test('a mark that nobody has reacted to stays through acts that need no reaction', async () => {
  hub.agreements.give(anAgreement({ state: 'signed' }));
  await hub.call('fileAgreement', 'eitc', { params, body: { filingNumber: 'BJ-1' } });
  hub.clock.set('2026-12-01T01:10:30.000Z');
  await hub.call('commentOnAgreement', 'tax', { params, body: { text: 'at last' } });
  expect(hub.agreements.items.get(id)).toMatchObject({ revision: 3, lookAgainAt: '2026-12-01T01:11:00.000Z' });
});

describe('who may call what', () => {
  const everyone = ['quality', 'tax', 'eitc', 'auditor', 'press'];
  const answers = async (route: RouteId, call: object) => {
    const statuses: Record<string, string> = {};
    for (const as of everyone) {
      hub = anAgreementsApi();
      hub.agreements.give(before(route, acts.find(([each]) => each === route)?.[1]));
      const { status, body } = await hub.call<Problem>(route, as, call);
      statuses[as] = `${status}${body.code ? ` ${body.code}` : ''}`;
    }
    return statuses;
  };
  const cases: [RouteId, object, Record<string, string>][] = [
    [
      'proposeAgreement',
      { body },
      { quality: '422 own-resource', tax: '201', eitc: '201', auditor: '403 role-not-permitted', press: '201' },
    ],
    [
      'proposeAgreement',
      { body: { ...body, consumer: 'tax' } },
      {
        quality: '201',
        tax: '201',
        eitc: '403 not-the-provider',
        auditor: '403 role-not-permitted',
        press: '403 not-the-provider',
      },
    ],
    [
      'acceptAgreement',
      { params, body: { termsVersion: 1 } },
      {
        quality: '200',
        tax: '422 own-proposal',
        eitc: '403 not-a-party',
        auditor: '403 role-not-permitted',
        press: '404 not-found',
      },
    ],
    [
      'signAgreement',
      { params, body: acts[3][3] },
      {
        quality: '200',
        tax: '200',
        eitc: '403 not-a-party',
        auditor: '403 role-not-permitted',
        press: '404 not-found',
      },
    ],
    [
      'fileAgreement',
      { params, body: { filingNumber: 'BJ-1' } },
      {
        quality: '403 role-not-permitted',
        tax: '403 role-not-permitted',
        eitc: '200',
        auditor: '403 role-not-permitted',
        press: '403 role-not-permitted',
      },
    ],
    ...(['consentToAgreement', 'objectToAgreement'] as const).map(
      (route): [RouteId, object, Record<string, string>] => [
        route,
        {
          params,
          body: {
            termsVersion: 1,
            ...(route === 'consentToAgreement' ? { termsDigest: anAgreement().termsDigest } : reason),
          },
        },
        {
          quality: '403 not-a-source',
          tax: '403 not-a-source',
          eitc: '403 not-a-source',
          auditor: '403 role-not-permitted',
          press: '200',
        },
      ],
    ),
    [
      'terminateAgreement',
      { params, body: reason },
      { quality: '200', tax: '200', eitc: '200', auditor: '403 role-not-permitted', press: '404 not-found' },
    ],
    [
      'counterAgreement',
      { params, body: { terms: terms() } },
      {
        quality: '200',
        tax: '200',
        eitc: '403 not-a-party',
        auditor: '403 role-not-permitted',
        press: '404 not-found',
      },
    ],
    [
      'commentOnAgreement',
      { params, body: { text: 'well' } },
      { quality: '200', tax: '200', eitc: '200', auditor: '403 role-not-permitted', press: '404 not-found' },
    ],
    [
      'withdrawAmendment',
      { params, body: reason },
      {
        quality: '200',
        tax: '200',
        eitc: '403 not-a-party',
        auditor: '403 role-not-permitted',
        press: '404 not-found',
      },
    ],
    [
      'suspendAgreement',
      { params, body: reason },
      { quality: '200', tax: '200', eitc: '200', auditor: '403 role-not-permitted', press: '404 not-found' },
    ],
    [
      'resumeAgreement',
      { params, body: reason },
      {
        quality: '200',
        tax: '409 not-suspended-by-you',
        eitc: '409 not-suspended-by-you',
        auditor: '403 role-not-permitted',
        press: '404 not-found',
      },
    ],
    [
      'openDispute',
      { params, body: reason },
      {
        quality: '200',
        tax: '200',
        eitc: '403 not-a-party',
        auditor: '403 role-not-permitted',
        press: '404 not-found',
      },
    ],
    [
      'answerDispute',
      { params, body: reason },
      {
        quality: '200',
        tax: '422 own-dispute',
        eitc: '403 not-a-party',
        auditor: '403 role-not-permitted',
        press: '404 not-found',
      },
    ],
    [
      'decideDispute',
      { params, body: reason },
      {
        quality: '403 role-not-permitted',
        tax: '403 role-not-permitted',
        eitc: '200',
        auditor: '403 role-not-permitted',
        press: '403 role-not-permitted',
      },
    ],
    [
      'stateDisposal',
      { params, body: disposal },
      {
        quality: '403 not-the-consumer',
        tax: '200',
        eitc: '403 not-the-consumer',
        auditor: '403 role-not-permitted',
        press: '404 not-found',
      },
    ],
    ['readAgreement', { params }, { quality: '200', tax: '200', eitc: '200', auditor: '200', press: '404 not-found' }],
    ['readHistory', { params }, { quality: '200', tax: '200', eitc: '200', auditor: '200', press: '404 not-found' }],
    ['listAgreements', {}, { quality: '200', tax: '200', eitc: '200', auditor: '200', press: '200' }],
  ];
  test.each(cases)('%s', async (route, call, expected) => {
    expect(await answers(route, call)).toEqual(expected);
  });
  test('every route of an agreement’s life is among these cases', () => {
    expect(new Set(cases.map(([route]) => route))).toEqual(new Set(Object.keys(agreementsRoutes)));
  });
});

test.each<readonly [RouteId, AgreementState, string, object | undefined]>([
  ...acts.filter(([, , as]) => as !== 'eitc'),
  ['readAgreement', 'active', '', undefined],
  ['readHistory', 'active', '', undefined],
])('a stranger cannot tell by %s an agreement that exists from one that does not', async (route, state, _, request) => {
  hub.agreements.give(before(route, state));
  const [existing, absent, malformed] = [
    await hub.call(route, 'press', { params, body: request }),
    await hub.call(route, 'press', { params: unknown, body: request }),
    await hub.call(route, 'press', { params: { agreementId: 'no-id' }, body: request }),
  ];
  expect(existing.status).toBe(404);
  expect(absent).toEqual(existing);
  expect(malformed).toEqual(existing);
});

test('the authority cannot file an agreement that it is a party to', async () => {
  hub.agreements.give(anAgreement({ state: 'signed', consumer: department('eitc') }));
  expect(await hub.call('fileAgreement', 'eitc', { params, body: { filingNumber: 'BJ-1' } })).toMatchObject({
    status: 403,
    body: { code: 'own-agreement' },
  });
  expect(hub.journal.evidence).toEqual([]);
});

test('an agreement whose last day has passed in the hub’s time zone cannot be filed', async () => {
  hub.agreements.give(anAgreement({ state: 'signed', terms: { validTo: '2026-12-01' } }));
  hub.clock.set('2026-12-01T16:00:00.000Z');
  const tooLate = await hub.call('fileAgreement', 'eitc', { params, body: { filingNumber: 'BJ-1' } });
  expect(tooLate).toMatchObject({ status: 409, body: { code: 'no-longer-valid' } });
  hub.clock.set('2026-12-01T15:59:59.999Z');
  expect((await hub.call('fileAgreement', 'eitc', { params, body: { filingNumber: 'BJ-1' } })).status).toBe(200);
});

test.each<[string, object]>([
  ['by another type', { type: 'date', check: undefined }],
  ['by a field that is shared no more', { shareType: 'refused' }],
  ['by a field that is more sensitive', { sensitivity: 'personal' }],
])('terms that a newer resource version breaks %s cannot be filed; a party proposes others', async (_, changed) => {
  hub.agreements.give(anAgreement({ state: 'signed' }));
  const { definition } = aResourceVersion();
  const [first, second, ...others] = definition.schema.fields;
  const schema = { ...definition.schema, fields: [first!, { ...second!, ...changed }, ...others] };
  hub.catalog.give(aResourceVersion({ version: 2, definition: { ...definition, schema } }));
  const filing = { params, body: { filingNumber: 'BJ-1' } };
  expect(await hub.call('fileAgreement', 'eitc', filing)).toMatchObject({
    status: 409,
    body: { code: 'terms-outdated' },
  });
  const other = { params, body: { terms: { ...body.terms, fields: ['org_code'] } } };
  expect(await hub.call('counterAgreement', 'tax', other)).toMatchObject({
    status: 200,
    body: { state: 'proposed', resourceVersion: 2, signatures: [] },
  });
});

test('terms that a newer resource version leaves as they are can be filed', async () => {
  hub.agreements.give(anAgreement({ state: 'signed' }));
  const { definition } = aResourceVersion();
  const fields = definition.schema.fields.filter(({ name }) => name !== 'phone');
  hub.catalog.give(
    aResourceVersion({ version: 2, definition: { ...definition, schema: { ...definition.schema, fields } } }),
  );
  expect(await hub.call('fileAgreement', 'eitc', { params, body: { filingNumber: 'BJ-1' } })).toMatchObject({
    status: 200,
    body: { state: 'active', resourceVersion: 1 },
  });
});

describe('a proposal', () => {
  test('names a resource of the catalog', async () => {
    expect(await hub.call('proposeAgreement', 'tax', { body: { ...body, resourceId: 'no-such' } })).toMatchObject({
      status: 404,
      body: { code: 'resource-not-found' },
    });
  });
  test('is pinned to the newest version', async () => {
    hub.catalog.give(aResourceVersion({ version: 2, definition: aDefinition({ title: '法人' }) }));
    expect((await hub.call('proposeAgreement', 'tax', { body })).body).toMatchObject({
      resourceVersion: 2,
      termsVersion: 1,
      state: 'proposed',
    });
  });
  test('cannot be made where sharing is refused', async () => {
    hub.catalog.give(
      aResourceVersion({ version: 2, definition: aDefinition({ shareType: 'refused', legalBasis: '保密法' }) }),
    );
    expect(await hub.call('proposeAgreement', 'tax', { body })).toMatchObject({
      status: 422,
      body: { code: 'sharing-refused' },
    });
  });
  test('of terms that the resource cannot serve is refused with the places', async () => {
    const { status, body: problem } = await hub.call<Problem>('proposeAgreement', 'tax', {
      body: { ...body, terms: { ...body.terms, fields: ['org_code', 'nonsense'] } },
    });
    expect({ status, code: problem.code }).toEqual({ status: 422, code: 'invalid-terms' });
    expect(problem.violations).toContainEqual(expect.objectContaining({ path: '/terms/fields/1' }));
  });
});

describe('a provider’s proposal to a consumer', () => {
  const offered = { ...body, consumer: 'tax' };
  const propose = (sent: object = offered) =>
    hub.call<Agreement & Problem>('proposeAgreement', 'quality', { body: sent });
  test('is put to it, proved as the provider’s act, and accepted, signed and filed like any other', async () => {
    const { status, body: proposed } = await propose();
    expect(status).toBe(201);
    expect(proposed).toMatchObject({ state: 'proposed', provider: 'quality', consumer: 'tax' });
    expect(proposed.terms).toMatchObject([{ proposedBy: 'quality' }]);
    expect(hub.journal.evidence.map(({ act, actor, subject }) => [act, actor.department, subject.consumer])).toEqual([
      ['agreement-proposed', 'quality', 'tax'],
    ]);
    expect(hub.agreements.told.map(({ to, notice }) => [to, notice.event, membersOf(notice).by])).toEqual([
      ['tax', 'propose', 'quality'],
    ]);
    const at = { params: { agreementId: proposed.agreementId } };
    const signature = { termsVersion: 1, termsDigest: proposed.termsDigest };
    const steps = [
      await hub.call<Problem>('acceptAgreement', 'quality', { ...at, body: { termsVersion: 1 } }),
      await hub.call<Agreement>('acceptAgreement', 'tax', { ...at, body: { termsVersion: 1 } }),
      await hub.call<Agreement>('signAgreement', 'tax', { ...at, body: signature }),
      await hub.call<Agreement>('signAgreement', 'quality', { ...at, body: signature }),
      await hub.call<Agreement>('fileAgreement', 'eitc', { ...at, body: { filingNumber: 'BJ-2026-0119' } }),
    ];
    expect(steps.map((step) => [step.status, 'code' in step.body ? step.body.code : step.body.state])).toEqual([
      [422, 'own-proposal'],
      [200, 'agreed'],
      [200, 'agreed'],
      [200, 'signed'],
      [200, 'active'],
    ]);
  });
  test('within its own standing offer waits for the consumer all the same', async () => {
    hub.known.offer = offer;
    expect((await propose()).body.state).toBe('proposed');
  });
  test('cannot be made where sharing is refused, nor to nobody, nor to itself', async () => {
    const refusals = [
      await propose({ ...offered, consumer: 'nobody' }),
      await propose({ ...offered, consumer: 'quality' }),
      await propose({ ...offered, terms: { ...body.terms, fields: ['nonsense'] } }),
    ];
    hub.catalog.give(
      aResourceVersion({ version: 2, definition: aDefinition({ shareType: 'refused', legalBasis: '保密法' }) }),
    );
    refusals.push(await propose());
    expect(refusals.map(({ body: { code, violations } }) => [code, violations?.map(({ path }) => path)])).toEqual([
      ['invalid-terms', ['/consumer']],
      ['own-resource', ['/consumer']],
      ['invalid-terms', ['/terms/fields/0']],
      ['sharing-refused', undefined],
    ]);
    expect(hub.agreements.items.size).toBe(0);
  });
  test('may be for the consumer’s demand, and for nobody else’s', async () => {
    const demandId = anId(700) as unknown as DemandId;
    hub.known.demand = { id: demandId, of: department('quality') };
    expect((await propose({ ...offered, demandId })).body.violations).toMatchObject([{ path: '/demandId' }]);
    hub.known.demand = { id: demandId, of: department('tax') };
    expect((await propose({ ...offered, demandId })).body).toMatchObject({ demandId });
  });
});

describe('a proposal within a standing offer', () => {
  test('is accepted at once, proved as both acts, and told to the provider only', async () => {
    hub.known.offer = offer;
    const { status, body: agreement } = await hub.call<Agreement>('proposeAgreement', 'tax', { body });
    expect({ status, state: agreement.state }).toEqual({ status: 201, state: 'agreed' });
    expect(hub.journal.evidence.map(({ act, actor }) => [act, actor.department])).toEqual([
      ['agreement-proposed', 'tax'],
      ['agreement-accepted', 'hub'],
    ]);
    expect(hub.agreements.told.map(({ to, notice }) => [to, notice.event, membersOf(notice).state])).toEqual([
      ['quality', 'propose', 'agreed'],
    ]);
  });
  test('beyond it waits for the provider', async () => {
    hub.known.offer = { ...offer, fields: ['org_code'] };
    expect((await hub.call<Agreement>('proposeAgreement', 'tax', { body })).body.state).toBe('proposed');
  });
});

describe('a proposal for a demand', () => {
  const demandId = anId(700) as unknown as DemandId;
  test('names an open one of the caller’s own, and keeps it', async () => {
    hub.known.demand = { id: demandId, of: department('tax') };
    const reply = await hub.call<Agreement>('proposeAgreement', 'tax', { body: { ...body, demandId } });
    expect(reply).toMatchObject({ status: 201, body: { demandId } });
    expect(hub.journal.evidence[0]?.subject.demandId).toBe(demandId);
  });
  test.each(['press', undefined])('is refused where it is that of %s', async (of) => {
    if (of !== undefined) hub.known.demand = { id: demandId, of: department(of) };
    expect(await hub.call('proposeAgreement', 'tax', { body: { ...body, demandId } })).toMatchObject({
      status: 422,
      body: { code: 'invalid-terms', violations: [{ path: '/demandId', rule: 'not-open' }] },
    });
    expect(hub.agreements.items.size).toBe(0);
  });
});

test('a retired resource takes no proposals, and what is agreed on it can still be amended', async () => {
  hub.known.retired = true;
  expect(await hub.call('proposeAgreement', 'tax', { body })).toMatchObject({
    status: 409,
    body: { code: 'resource-retired' },
  });
  hub.agreements.give(anAgreement({ state: 'active' }));
  expect((await hub.call('counterAgreement', 'tax', { params, body: { terms: terms() } })).status).toBe(200);
});

describe('two officers', () => {
  const party = department('discipline-xuanwu');
  const agreed = anAgreement({ state: 'agreed', consumer: party });
  const sign = (session: string) =>
    hub.call<Agreement & Problem>('signAgreement', 'discipline-xuanwu', {
      params,
      session,
      body: { termsVersion: 1, termsDigest: agreed.termsDigest },
    });
  test('sign for a department that the registry asks for them', async () => {
    hub.agreements.give(agreed);
    expect((await sign('li')).body).toMatchObject({ signatures: [], approvals: [{ approver: 'li' }] });
    expect((await sign('li')).body.code).toBe('already-approved');
    expect((await sign('wang')).body.signatures).toEqual(['discipline-xuanwu']);
    expect(hub.journal.evidence.map(({ act }) => act)).toEqual(['agreement-approved', 'agreement-signed']);
  });
  test('are known to the parties, by name to their own, and neither to the authority nor to the auditor', async () => {
    hub.agreements.give(agreed);
    await sign('li');
    const shown = async (as: string) => (await hub.call<Agreement>('readAgreement', as, { params })).body.approvals;
    expect(await shown('quality')).toEqual([{ department: party, at: expect.any(String) }]);
    expect(await shown('discipline-xuanwu')).toEqual([{ department: party, approver: 'li', at: expect.any(String) }]);
    expect(await shown('eitc')).toEqual([]);
    expect(await shown('auditor')).toEqual([]);
    const commented = await hub.call<Agreement>('commentOnAgreement', 'eitc', { params, body: { text: 'well?' } });
    expect(commented.body.approvals).toEqual([]);
    expect(hub.agreements.items.get(id)?.value.approvals).toHaveLength(1);
  });
});

describe('the form of a request', () => {
  test.each<[string, RouteId, string, object]>([
    ['an unknown property', 'proposeAgreement', 'tax', { body: { ...body, priority: 1 } }],
    [
      'an unknown property of the terms',
      'proposeAgreement',
      'tax',
      { body: { ...body, terms: { ...body.terms, fileds: [] } } },
    ],
    ['no terms', 'proposeAgreement', 'tax', { body: { resourceId: 'legal-entities' } }],
    ['an unknown property', 'acceptAgreement', 'quality', { params, body: { termsVersion: 1, force: true } }],
    ['a digest that is none', 'signAgreement', 'tax', { params, body: { termsVersion: 1, termsDigest: 'abc' } }],
    ['no filing number', 'fileAgreement', 'eitc', { params, body: {} }],
    ['an empty reason', 'terminateAgreement', 'tax', { params, body: { reason: '' } }],
    ['what is not JSON', 'terminateAgreement', 'tax', { params, body: '{' }],
    ['an unknown state', 'listAgreements', 'tax', { query: { state: 'sleeping' } }],
    ['an unknown criterion', 'listAgreements', 'tax', { query: { provider: 'quality' } }],
    ['a limit of nothing', 'listAgreements', 'tax', { query: { limit: 0 } }],
  ])('%s in %s is malformed', async (_, route, as, call) => {
    hub.agreements.give(anAgreement());
    expect(await hub.call(route, as, call)).toMatchObject({ status: 400, body: { code: 'malformed' } });
    expect(hub.journal.evidence).toEqual([]);
  });
  test('a signature names version and digest of the terms on the table', async () => {
    hub.agreements.give(anAgreement({ state: 'agreed' }));
    const sign = (termsVersion: number, termsDigest: string) =>
      hub.call<Problem>('signAgreement', 'tax', { params, body: { termsVersion, termsDigest } });
    expect((await sign(2, anAgreement().termsDigest)).body.code).toBe('terms-changed');
    expect((await sign(1, sha256)).body.code).toBe('digest-differs');
  });
});

describe('the same Idempotency-Key', () => {
  const headers = { 'Idempotency-Key': 'order-1' };
  test('answers a repeated proposal alike, with one agreement', async () => {
    const first = await hub.call('proposeAgreement', 'tax', { body, headers });
    const again = await hub.call('proposeAgreement', 'tax', { body, headers });
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(hub.agreements.items.size).toBe(1);
  });
  test('is refused for another body, and is each department’s own', async () => {
    await hub.call('proposeAgreement', 'tax', { body, headers });
    const other = await hub.call('proposeAgreement', 'tax', {
      body: { ...body, terms: terms({ purpose: 'another' }) },
      headers,
    });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect((await hub.call('proposeAgreement', 'press', { body, headers })).status).toBe(201);
  });
  test('at once has one effect and one answer', async () => {
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => hub.call('proposeAgreement', 'tax', { body, headers })),
    );
    expect(new Set(replies.map((reply) => JSON.stringify([reply.status, reply.body]))).size).toBe(1);
    expect(replies[0]?.status).toBe(201);
    expect(hub.agreements.items.size).toBe(1);
    expect(hub.journal.evidence).toHaveLength(1);
  });
  test.each(acts)(
    'answers a repeated %s alike, which would be in the wrong state otherwise',
    async (route, state, as, request) => {
      hub.agreements.give(before(route, state));
      const replies = [
        ...(await Promise.all([
          hub.call(route, as, { params, body: request, headers }),
          hub.call(route, as, { params, body: request, headers }),
        ])),
        await hub.call(route, as, { params, body: request, headers }),
      ];
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(new Set(replies.map((reply) => JSON.stringify(reply.body))).size).toBe(1);
      expect(hub.journal.evidence).toHaveLength(1);
    },
  );
});

test('of two different acts at once one is told that something changed meanwhile', async () => {
  hub.agreements.give(anAgreement());
  const replies = await Promise.all([
    hub.call<Problem>('acceptAgreement', 'quality', { params, body: { termsVersion: 1 } }),
    hub.call<Problem>('terminateAgreement', 'tax', { params, body: { reason: 'never mind' } }),
  ]);
  expect(replies.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 409]));
  expect(replies.find(({ status }) => status === 409)?.body.code).toBe('changed-meanwhile');
});

describe('the list', () => {
  const others = [
    anAgreement({ agreementId: anId(2), state: 'active', scheme: anId(800) as unknown as SchemeId }),
    anAgreement({
      agreementId: anId(3),
      provider: department('tax'),
      consumer: department('press'),
      resourceId: resource('tax-paid'),
    }),
    anAgreement({
      agreementId: anId(4),
      provider: department('housing'),
      consumer: department('eitc'),
      resourceId: resource('sales'),
    }),
  ];
  beforeEach(() => [anAgreement(), ...others].forEach((agreement) => hub.agreements.give(agreement)));
  const listed = async (as: string, query: Record<string, string | number> = {}) =>
    AgreementList.parse((await hub.call('listAgreements', as, { query })).body).items.map(({ agreementId }) =>
      Number(agreementId.slice(4)),
    );

  test.each([
    ['tax', {}, [1, 2, 3]],
    ['quality', {}, [1, 2]],
    ['press', {}, [3]],
    ['housing', {}, [4]],
    ['culture', {}, []],
    ['eitc', {}, [1, 2, 3, 4]],
    ['auditor', {}, [1, 2, 3, 4]],
    ['tax', { state: 'active' }, [2]],
    ['tax', { resourceId: 'tax-paid' }, [3]],
    ['auditor', { resourceId: 'legal-entities', state: 'proposed' }, [1]],
    ['tax', { scheme: anId(800) }, [2]],
    ['press', { resourceId: 'legal-entities' }, []],
  ])('of %s with %j', async (as, query, expected) => {
    expect(await listed(as, query)).toEqual(expected);
  });
  test.each(['tax', 'auditor'])('goes page by page without repeats (%s)', async (as) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = AgreementList.parse(
        (await hub.call('listAgreements', as, { query: { limit: 1, ...(cursor && { cursor }) } })).body,
      );
      seen.push(...page.items.map(({ agreementId }) => agreementId));
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toHaveLength(as === 'tax' ? 3 : 4);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

test('neither terms nor reasons are logged', async () => {
  hub.agreements.give(anAgreement());
  await hub.call('terminateAgreement', 'tax', { params, body: { reason: 'because of 11010519491231002X' } });
  await hub.call('proposeAgreement', 'tax', { body: { ...body, terms: { ...body.terms, fields: ['SECRET'] } } });
  expect(hub.log.lines).toHaveLength(2);
  expect(JSON.stringify(hub.log.lines)).not.toMatch(/11010519491231002X|SECRET/);
});
