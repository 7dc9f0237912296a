import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { Agreement, AgreementList } from '../../schemas/contracts/agreements.ts';
import { Me, type Role } from '../../schemas/contracts/hub.ts';
import { ResourceList } from '../../schemas/contracts/resources.ts';
import { routes, type RouteId } from '../../schemas/contracts/routes.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { commit } from '../../functions/adapters/dynamodb/table/write.ts';
import { aDefinition, department, terms } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { callApi, type ApiCall } from '../support/memory/api-call.ts';

type Lambda = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

let aws: LocalAws;
let lambdas: Record<string, Lambda>;
let runClock: (event: object, context: Context) => Promise<void>;
beforeAll(async () => {
  aws = await startLocalAws();
  process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
  // The functions read their settings when they are loaded, as they do in Lambda.
  lambdas = {
    catalog: (await import('../../functions/catalog/api.lambda.ts')).handler,
    agreements: (await import('../../functions/agreements/api.lambda.ts')).handler,
  };
  runClock = (await import('../../functions/agreements/clock.lambda.ts')).handler;
});
afterAll(() => aws.stop());

const context = { awsRequestId: 'request-1', functionName: 'hub' } as unknown as Context;
const call = <T = Record<string, unknown>>(route: RouteId, as: string, more: Omit<ApiCall, 'as' | 'route'> = {}) =>
  callApi<T>((event) => lambdas[routes[route].capability]!(event, context), { as, route: routes[route], ...more });

test('a resource is published, found, and shared by an agreement, on the functions as they are deployed', async () => {
  const published = await call('publishResource', 'quality', {
    params: { resourceId: 'legal-entities' },
    body: aDefinition(),
  });
  expect(published).toMatchObject({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: { version: 1 },
  });
  const { items } = ResourceList.parse((await call('listResources', 'tax', { query: { text: '法人' } })).body);
  expect(items.map(({ resourceId }) => resourceId)).toContain('legal-entities');

  const order = {
    body: { resourceId: 'legal-entities', terms: terms({ validTo: '2099-12-31' }) },
    headers: { 'Idempotency-Key': 'order-1' },
  };
  const proposals = await Promise.all(
    Array.from({ length: 4 }, () => call<Agreement>('proposeAgreement', 'tax', order)),
  );
  expect(proposals.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect(new Set(proposals.map(({ body }) => body.agreementId)).size).toBe(1);

  const { agreementId, termsDigest } = proposals[0]!.body;
  const at = { params: { agreementId } };
  const sign = { ...at, body: { termsVersion: 1, termsDigest } };
  expect((await call('acceptAgreement', 'quality', { ...at, body: { termsVersion: 1 } })).status).toBe(200);
  const signatures = await Promise.all([call('signAgreement', 'quality', sign), call('signAgreement', 'tax', sign)]);
  for (const [index, { status }] of signatures.entries()) {
    if (status === 409) expect((await call('signAgreement', index === 0 ? 'quality' : 'tax', sign)).status).toBe(200);
  }
  const filed = await call('fileAgreement', 'eitc', { ...at, body: { filingNumber: 'BJ-1' } });
  expect(Agreement.parse(filed.body)).toMatchObject({ state: 'active', filingNumber: 'BJ-1' });
  expect(
    AgreementList.parse((await call('listAgreements', 'auditor')).body).items.map((each) => each.agreementId),
  ).toEqual([agreementId]);
  expect((await call('readAgreement', 'press', at)).status).toBe(404);
  expect((await call('listDatasets', 'tax', { params: { resourceId: 'legal-entities' } })).body).toEqual({ items: [] });
});

test.each<[string, Role[]]>([
  ['tax', ['department']],
  ['eitc', ['department', 'authority']],
])('%s learns where its mailbox is', async (as, roles) => {
  expect(Me.parse((await call('me', as)).body)).toEqual({
    department: as,
    roles,
    mailbox: { queueUrl: await aws.mailbox(as) },
  });
});

test('a made-up cursor is refused, whoever asks', async () => {
  for (const cursor of ['AAAA', Buffer.from('PARTY#quality').toString('base64url'), 'a'.repeat(1024)])
    for (const [route, as] of [
      ['listAgreements', 'press'],
      ['listResources', 'press'],
      ['listAgreements', 'auditor'],
    ] as const)
      expect([route, (await call(route, as, { query: { cursor } })).status]).toEqual([route, 400]);
});

test('an agreement is amended, suspended, ended by its last day and disposed of, on the functions as they are deployed', async () => {
  const validTo = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const resourceId = 'ended-entities';
  await call('publishResource', 'quality', { params: { resourceId }, body: aDefinition({ title: '注销名录' }) });
  const wanted = { resourceId, terms: terms({ validTo: '2099-12-31' }) };
  const { agreementId } = (await call<Agreement>('proposeAgreement', 'tax', { body: wanted })).body;
  const act = async (route: RouteId, as: string, body: object) => {
    const reply = await call<Agreement>(route, as, { params: { agreementId }, body });
    expect([route, reply.status]).toEqual([route, 200]);
    return Agreement.parse(reply.body);
  };
  const conclude = async (filingNumber: string) => {
    const read = Agreement.parse((await call('readAgreement', 'tax', { params: { agreementId } })).body);
    const { termsVersion, termsDigest } = read.amendment ?? read;
    await act('acceptAgreement', 'quality', { termsVersion });
    await act('signAgreement', 'tax', { termsVersion, termsDigest });
    await act('signAgreement', 'quality', { termsVersion, termsDigest });
    return act('fileAgreement', 'eitc', { filingNumber });
  };
  await conclude('BJ-1');
  await act('counterAgreement', 'tax', { terms: terms({ validTo, frequency: 'daily' }) });
  await act('suspendAgreement', 'eitc', { reason: 'an audit' });
  expect(await conclude('BJ-2')).toMatchObject({ state: 'suspended', termsVersion: 2, filingNumber: 'BJ-2' });
  expect((await act('resumeAgreement', 'eitc', { reason: 'done' })).state).toBe('active');

  // The clock's candidates come from the item that the last act wrote.
  const threeDays = new Date(Date.now() + 3 * 86_400_000).toISOString();
  jest.useFakeTimers({
    now: Date.parse(threeDays),
    doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'],
  });
  try {
    aws.advance(3 * 86_400);
    await runClock({}, context);
    const expired = Agreement.parse((await call('readAgreement', 'tax', { params: { agreementId } })).body);
    expect(expired).toMatchObject({ state: 'expired', disposal: { owedSince: expect.any(String) } });
    const { owedSince } = expired.disposal!;
    const statement = { method: 'deleted', disposedOn: owedSince, words: 'all copies' };
    expect((await act('stateDisposal', 'tax', statement)).disposal?.statement).toMatchObject(statement);
  } finally {
    jest.useRealTimers();
    // Calls of a day to come have used up the shares until then.
    const shares = ['tax', 'quality'].map((name) => ({
      TableName: aws.table.name,
      Key: keyOf.share(department(name)),
    }));
    await commit(
      aws.table,
      shares.map((Delete) => ({ Delete })),
    );
  }
});
