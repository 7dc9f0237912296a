import { beforeEach, describe, expect, test } from '@jest/globals';
import { Agreement, AgreementList, type AgreementState } from '../../schemas/contracts/agreements.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import { allRoutes, type RouteId } from '../../schemas/contracts/routes.ts';
import {
  aDefinition,
  aResourceVersion,
  anAgreement,
  anId,
  department,
  resource,
  sha256,
  terms,
} from '../support/builders.ts';
import { anAgreementsApi } from './api.ts';

const id = anAgreement().agreementId;
const params = { agreementId: id };
const unknown = { agreementId: anId(999) };
const body = { resourceId: 'legal-entities', terms: terms() };

let hub = anAgreementsApi();
beforeEach(() => {
  hub = anAgreementsApi();
});

/** What each acting route takes, for the agreement that stands before it. */
const acts = [
  ['acceptAgreement', 'proposed', 'quality', { termsVersion: 1 }],
  ['signAgreement', 'agreed', 'tax', { termsVersion: 1, termsDigest: anAgreement().termsDigest }],
  ['fileAgreement', 'signed', 'eitc', { filingNumber: 'BJ-1' }],
  ['terminateAgreement', 'active', 'tax', { reason: 'no longer needed' }],
] as const satisfies readonly (readonly [RouteId, AgreementState, string, object])[];

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

test.each([
  ['acceptAgreement', undefined],
  ['signAgreement', undefined],
  ['fileAgreement', '2026-12-01T01:11:00.000Z'],
  ['terminateAgreement', '2026-12-01T01:11:00.000Z'],
] as const)('%s leaves a mark for the delivery side to react: %s', async (route, lookAgainAt) => {
  const [, state, as, request] = acts.find(([each]) => each === route)!;
  hub.agreements.give(anAgreement({ state }));
  expect((await hub.call(route, as, { params, body: request })).status).toBe(200);
  expect(hub.agreements.items.get(id)).toMatchObject({ revision: 2, lookAgainAt });
});

describe('who may call what', () => {
  const everyone = ['quality', 'tax', 'eitc', 'auditor', 'press'];
  const answers = async (route: RouteId, call: object) => {
    const statuses: Record<string, string> = {};
    for (const as of everyone) {
      hub = anAgreementsApi();
      hub.agreements.give(anAgreement({ state: acts.find(([each]) => each === route)?.[1] ?? 'active' }));
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
      'acceptAgreement',
      { params, body: acts[0][3] },
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
      { params, body: acts[1][3] },
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
      { params, body: acts[2][3] },
      {
        quality: '403 role-not-permitted',
        tax: '403 role-not-permitted',
        eitc: '200',
        auditor: '403 role-not-permitted',
        press: '403 role-not-permitted',
      },
    ],
    [
      'terminateAgreement',
      { params, body: acts[3][3] },
      { quality: '200', tax: '200', eitc: '200', auditor: '403 role-not-permitted', press: '404 not-found' },
    ],
    ['readAgreement', { params }, { quality: '200', tax: '200', eitc: '200', auditor: '200', press: '404 not-found' }],
    ['listAgreements', {}, { quality: '200', tax: '200', eitc: '200', auditor: '200', press: '200' }],
  ];
  test.each(cases)('%s', async (route, call, expected) => {
    expect(await answers(route, call)).toEqual(expected);
  });
  test('every route of the capability is among these cases', () => {
    expect(cases.map(([route]) => route).sort()).toEqual(
      allRoutes
        .filter(({ capability }) => capability === 'agreements')
        .map(({ id }) => id)
        .sort(),
    );
  });
});

test.each([...acts.filter(([, , as]) => as !== 'eitc'), ['readAgreement', 'active', '', undefined] as const])(
  'a stranger cannot tell by %s an agreement that exists from one that does not',
  async (route, state, _, request) => {
    hub.agreements.give(anAgreement({ state }));
    const [existing, absent, malformed] = [
      await hub.call(route, 'press', { params, body: request }),
      await hub.call(route, 'press', { params: unknown, body: request }),
      await hub.call(route, 'press', { params: { agreementId: 'no-id' }, body: request }),
    ];
    expect(existing.status).toBe(404);
    expect(absent).toEqual(existing);
    expect(malformed).toEqual(existing);
  },
);

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
      hub.agreements.give(anAgreement({ state }));
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
    anAgreement({ agreementId: anId(2), state: 'active' }),
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
