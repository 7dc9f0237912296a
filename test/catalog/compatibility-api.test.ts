import { beforeEach, describe, expect, test } from '@jest/globals';
import { Comparison } from '../../schemas/contracts/compatibility.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import type { PublishedResource } from '../../schemas/contracts/resources.ts';
import type { BreakingMark } from '../../schemas/stored/catalog.ts';
import { routes, type RouteId } from '../../schemas/contracts/routes.ts';
import { catalogEndpoints } from '../../functions/catalog/endpoints.ts';
import { api } from '../../functions/kernel/api/api.ts';
import { aDefinition, anAgreement, anId, aResourceVersion, department } from '../support/builders.ts';
import { callApi, testHub } from '../support/memory/api-call.ts';
import { countingIds, memoryJournal, recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';
import { memoryResourceAgreements } from '../support/memory/resource-agreements.ts';
import { memoryResources, nothingDerived } from '../support/memory/resources.ts';

function aCatalogApi() {
  const journal = memoryJournal();
  const stored = memoryResources(journal);
  const marks: BreakingMark[] = [];
  const agreements = memoryResourceAgreements();
  const clock = testClock('2026-12-01T01:10:00.000Z');
  const endpoints = catalogEndpoints({
    resources: {
      ...stored,
      publish: async (publication) => {
        const version = await stored.publish(publication);
        if (version && publication.mark) marks.push(publication.mark);
        return version;
      },
    },
    agreements,
    clock,
    derivations: nothingDerived,
    ids: countingIds(),
    timeZone: 'Asia/Shanghai',
    mailboxUrl: (of) => `https://sqs.example/1/hub-test-mailbox-${of}`,
  });
  const handler = api(endpoints, {
    answers: journal,
    clock,
    log: recordingLog(),
    metrics: recordingMetrics(),
    identity: testHub,
  });
  return {
    resources: stored,
    agreements,
    marks,
    journal,
    call: <T>(route: RouteId, as: string, body: unknown, resourceId = 'legal-entities') =>
      callApi<T>(handler, { as, route: routes[route], params: { resourceId }, body }),
  };
}

let hub = aCatalogApi();
beforeEach(() => {
  hub = aCatalogApi();
  hub.resources.give(aResourceVersion());
  hub.agreements.give(anAgreement({ state: 'active', terms: { fields: ['org_code', 'phone'] } }));
  hub.agreements.give(
    anAgreement({ agreementId: anId(2), consumer: department('health'), state: 'active', terms: { fields: ['name'] } }),
  );
});

const { fields, ...rest } = aDefinition().schema;
const withoutPhone = aDefinition({ schema: { ...rest, fields: fields.filter(({ name }) => name !== 'phone') } });
const put = (body: unknown) => hub.call<Problem & PublishedResource>('publishResource', 'quality', body);

describe('a breaking publication', () => {
  test('is refused with the agreements that it breaks, and their fields, and leaves nothing behind', async () => {
    const { status, body } = await put(withoutPhone);
    expect([status, body.code]).toEqual([409, 'breaking-change']);
    expect(body.violations?.filter(({ path }) => path.startsWith('/agreements/'))).toEqual([
      {
        path: `/agreements/${anId(1)}`,
        rule: 'agreement-broken',
        message: 'breaks terms version 1 with tax: the fields phone',
      },
    ]);
    expect([hub.journal.evidence, hub.marks]).toEqual([[], []]);
  });
  test.each([
    [undefined, '2027-03-01'],
    [0, '2026-12-01'],
    [30, '2026-12-31'],
  ])('that is accepted with %j days of grace marks these agreements until %s', async (graceDays, graceUntil) => {
    const { status, body } = await put({ ...withoutPhone, breaking: 'accepted', graceDays });
    expect([status, body.version]).toEqual([200, 2]);
    expect(hub.marks).toEqual([
      {
        resourceId: 'legal-entities',
        resourceVersion: 2,
        graceUntil,
        affected: [{ agreementId: anId(1), termsVersion: 1, fields: ['phone'] }],
      },
    ]);
  });
  test('that nothing is said to accept does not become one by naming days', async () => {
    expect((await put({ ...withoutPhone, graceDays: 30 })).status).toBe(409);
  });
  test.each([-1, 366, 1.5, '30'])('of %j days of grace is malformed', async (graceDays) => {
    expect((await put({ ...withoutPhone, breaking: 'accepted', graceDays })).status).toBe(400);
  });
  test('keeps its words about breaking out of the definition', async () => {
    await put({ ...withoutPhone, breaking: 'accepted', graceDays: 30 });
    const latest = await hub.resources.latest(aResourceVersion().resourceId);
    expect(latest?.definition).toEqual(withoutPhone);
  });
});

describe('a comparison', () => {
  const compare = (as: string, body: unknown, resourceId?: string) =>
    hub.call<Problem & Comparison>('compareResource', as, body, resourceId);

  test('says what a publication would change and break, and writes nothing', async () => {
    const { status, body } = await compare('quality', withoutPhone);
    expect(status).toBe(200);
    expect(Comparison.parse(body)).toEqual({
      resourceId: 'legal-entities',
      resourceVersion: 1,
      verdict: 'breaking',
      changes: [
        {
          kind: 'field-removed',
          path: '/schema/fields',
          fields: ['phone'],
          old: 'phone',
          message: 'the field phone is gone',
          files: 'breaking',
          extracts: 'breaking',
        },
      ],
      agreements: [
        {
          agreementId: anId(1),
          consumer: 'tax',
          termsVersion: 1,
          resourceVersion: 1,
          inForce: true,
          verdict: 'breaking',
          fields: ['phone'],
          kinds: ['field-removed'],
        },
      ],
    });
    expect([hub.journal.evidence, hub.marks]).toEqual([[], []]);
    expect((await hub.resources.latest(aResourceVersion().resourceId))?.version).toBe(1);
  });
  test('of the definition that is there finds nothing', async () => {
    expect((await compare('quality', aDefinition())).body).toMatchObject({
      verdict: 'compatible',
      changes: [],
      agreements: [],
    });
  });
  test.each<[string, string, unknown, string | undefined, string]>([
    ['with a resource that does not exist', 'quality', withoutPhone, 'no-such', '404 not-found'],
    ['by a consumer', 'tax', withoutPhone, undefined, '403 not-the-provider'],
    [
      'by a consumer that calls itself the provider',
      'tax',
      { ...withoutPhone, provider: 'tax' },
      undefined,
      '403 not-the-provider',
    ],
    [
      'that gives the resource away',
      'quality',
      { ...withoutPhone, provider: 'tax' },
      undefined,
      '403 not-the-provider',
    ],
    ['by the auditor', 'auditor', withoutPhone, undefined, '403 role-not-permitted'],
    [
      'of what cannot be used',
      'quality',
      aDefinition({ schema: { fields: [{ name: 'a' }, { name: 'a' }] } }),
      undefined,
      '422 invalid-definition',
    ],
    ['with a word of acceptance', 'quality', { ...withoutPhone, breaking: 'accepted' }, undefined, '400 malformed'],
  ])('%s is refused', async (_, as, body, resourceId, expected) => {
    const answer = await compare(as, body, resourceId);
    expect(`${answer.status} ${answer.body.code}`).toBe(expected);
  });
});
