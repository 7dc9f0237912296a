import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { CataloguedResource, PublishedResource } from '../../schemas/contracts/resources.ts';
import { routes, type RouteId } from '../../schemas/contracts/routes.ts';
import { dynamoAgreements } from '../../functions/adapters/dynamodb/agreements/store.ts';
import { aDefinition, anAct, anAgreement, anId, department } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { callApi, testHub, type ApiCall, type ApiHandler } from '../support/memory/api-call.ts';
import { due } from '../../functions/adapters/dynamodb/table/walk.ts';
import { fromItem } from '../../functions/adapters/dynamodb/table/items.ts';

type Handler = (event: unknown, context: Context) => Promise<unknown>;
const context = {
  functionName: 'test',
  memoryLimitInMB: '512',
  invokedFunctionArn: 'arn',
  awsRequestId: 'request-1',
} as Context;

let aws: LocalAws;
let api: Handler;
let spread: Handler;
beforeAll(async () => {
  aws = await startLocalAws();
  const load = async (name: string) =>
    ((await import(`../../functions/catalog/${name}.lambda.ts`)) as { handler: Handler }).handler;
  [api, spread] = [await load('api'), await load('spread')];
});
afterAll(() => aws.stop());

const call = <T>(route: RouteId, as: string, more: Omit<ApiCall, 'as' | 'route'> = {}) => {
  const handler: ApiHandler = (event) =>
    api(
      { ...event, requestContext: { ...event.requestContext, accountId: testHub.account } },
      context,
    ) as ReturnType<ApiHandler>;
  return callApi<T>(handler, { as, route: routes[route], ...more });
};
const params = { resourceId: 'legal-entities' };

async function told(): Promise<string[]> {
  const found: string[] = [];
  for await (const item of due(aws.table, 'MESSAGE', '9999')) {
    const { to, notice } = fromItem(OutgoingNotice, item);
    if (notice.type === 'resource') found.push(`${to} ${notice.event}`);
  }
  return found.toSorted((a, b) => a.localeCompare(b));
}

test('the deployed functions publish, find, deprecate and spread on the hub’s own table', async () => {
  const body = aDefinition({ category: '1-02-001' });
  const published = await call<PublishedResource>('publishResource', 'quality', { params, body });
  expect(published).toMatchObject({ status: 200, body: { version: 1, resourceCode: '102001/0001', similar: [] } });
  expect((await call('listResources', 'press', { query: { text: '法人信息', category: '1-02' } })).body).toMatchObject({
    items: [{ resourceId: 'legal-entities', resourceCode: '102001/0001' }],
  });
  for (const [number, consumer, state] of [
    [1, 'tax', 'active'],
    [2, 'press', 'terminated'],
    [3, 'health', 'proposed'],
  ] as const) {
    const agreement = anAgreement({ agreementId: anId(number), consumer: department(consumer), state });
    expect(await dynamoAgreements(aws.table).add(anAct(agreement))).toBe(true);
  }
  const deprecation = { retireOn: '2099-12-31', reason: 'merged' };
  const deprecated = await call<CataloguedResource>('deprecateResource', 'quality', { params, body: deprecation });
  expect([deprecated.status, deprecated.body.deprecation]).toMatchObject([200, deprecation]);
  await spread({}, context);
  expect(await told()).toEqual(['health deprecated', 'tax deprecated']);
  expect((await call('retireResource', 'quality', { params, body: { reason: 'gone' } })).status).toBe(200);
  await spread({}, context);
  expect(await told()).toEqual(['health deprecated', 'health retired', 'tax deprecated', 'tax retired']);
  expect((await call('listResources', 'press')).body).toEqual({ items: [] });
  expect((await call('readCatalog', 'press')).body).toMatchObject({ 'dcat:dataset': [] });
});
