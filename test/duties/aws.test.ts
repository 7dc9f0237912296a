import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import type { Duty } from '../../schemas/contracts/duties.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import { anAgreement, anId } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { callApi, testHub, type ApiHandler } from '../support/memory/api-call.ts';
import { due } from '../../functions/adapters/dynamodb/table/walk.ts';
import { fromItem } from '../../functions/adapters/dynamodb/table/items.ts';
import { storedIn } from './stored.ts';

type Handler = (event: unknown, context: Context) => Promise<unknown>;

let aws: LocalAws;
let lambda: Record<'api' | 'watch', Handler>;
const context = { functionName: 'test', awsRequestId: 'request-1' } as Context;

beforeAll(async () => {
  aws = await startLocalAws();
  const load = async (name: string) =>
    ((await import(`../../functions/duties/${name}.lambda.ts`)) as { handler: Handler }).handler;
  lambda = { api: await load('api'), watch: await load('watch') };
});
afterAll(() => aws.stop());

const listed = async (as: string, query: Record<string, string> = {}) => {
  const handler: ApiHandler = (event) =>
    lambda.api(
      { ...event, requestContext: { ...event.requestContext, accountId: testHub.account } },
      context,
    ) as ReturnType<ApiHandler>;
  const { body } = await callApi<{ items: Duty[] }>(handler, { as, route: routes.listDuties, query });
  return body.items.map(({ duty, by, overdue }) => `${duty} ${by} ${overdue}`);
};

test('a reply that is late since years is found, listed for both sides and told, once', async () => {
  const stored = storedIn(aws.table);
  await stored.resource();
  const agreement = anAgreement({ agreementId: anId(1) });
  const terms = agreement.terms.map((version) => ({ ...version, proposedAt: '2026-01-05T01:00:00.000Z' }));
  await stored.agreement({ ...agreement, terms }, '2026-01-05T01:00:00.000Z');

  await lambda.watch({}, context);
  await lambda.watch({}, context);
  expect(await listed('quality')).toEqual(['reply-to-request quality true']);
  expect(await listed('tax', { side: 'others', overdue: 'true' })).toEqual(['reply-to-request quality true']);
  expect(await listed('auditor')).toEqual(['reply-to-request quality true']);
  expect(await listed('press')).toEqual([]);

  const told: string[] = [];
  for await (const item of due(aws.table, 'MESSAGE', '9999'))
    told.push(`${fromItem(OutgoingNotice, item).notice.event} ${fromItem(OutgoingNotice, item).to}`);
  expect(told.toSorted()).toEqual(['escalated eitc', 'overdue quality', 'overdue tax']);
});
