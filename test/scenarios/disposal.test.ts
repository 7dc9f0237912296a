import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Delivery } from '../../schemas/contracts/deliveries.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import { aDefinition } from '../support/builders.ts';
import { City, eventually } from '../support/city.ts';
import { HubRecords } from '../support/hub-records.ts';
import { startHub, type RunningHub } from '../support/hub.ts';

let running: RunningHub;
let city: City;
let records: HubRecords;
const day = 86_400;

beforeAll(async () => {
  running = await startHub();
  city = await City.of(running);
  records = new HubRecords(running);
});
afterAll(async () => {
  await running?.stop();
  await city?.leave();
});

const contentOf = (department: string, deliveryId: string) =>
  city.as(department).ask<Problem>('GET', `/v1/deliveries/${deliveryId}/content`);
const agreementOf = (department: string, agreementId: string) =>
  city.as(department).get<Agreement>(`/v1/agreements/${agreementId}`);
/** Objects that the hub holds for deliveries, in any version. */
const extracts = () => records.objectKeys().filter((key) => key.includes('/extracts/'));
const gone = () =>
  eventually(
    async () => extracts(),
    (keys) => keys.length === 0,
  );

/** Two consumers of one resource on equal terms: they share every extract. */
async function share(resourceId: string, terms: object): Promise<readonly [Agreement, Agreement]> {
  const schema = { fields: [{ name: 'id', type: 'string' }] };
  await city.publish('housing', resourceId, aDefinition({ provider: 'housing', schema } as never));
  const agreed = { fields: ['id'], ...terms };
  return [
    await city.agree('tax', 'housing', resourceId, agreed),
    await city.agree('emergency', 'housing', resourceId, agreed),
  ];
}

test('what a consumer may keep for some days only is unreadable afterwards, though its agreement goes on', async () => {
  const [agreement] = await share('permits', { duties: { disposal: { retainDays: 2 } } });
  await city.upload('housing', 'permits', 'id\nfirst\n');
  const [received] = await city.receive('tax');
  await city.receive('emergency');
  expect(received?.notice.purpose).toBe('a statutory duty');
  const { deliveryId } = received!.notice;
  expect((await contentOf('tax', deliveryId)).status).toBe(200);

  await running.advance(3 * day);
  expect(await contentOf('tax', deliveryId)).toMatchObject({ status: 409, body: { code: 'retention-over' } });
  await gone();
  const delivery = await eventually(
    () => city.as('tax').get<Delivery>(`/v1/deliveries/${deliveryId}`),
    ({ retentionEndedAt }) => retentionEndedAt !== undefined,
  );
  expect(delivery).toMatchObject({ state: 'noticed', receivedAt: expect.any(String) });
  expect((await agreementOf('tax', agreement.agreementId)).state).toBe('active');
  expect((await records.evidenceOf(`delivery#${deliveryId}`)).map(({ act }) => act)).toContain('retention-ended');

  await city.upload('housing', 'permits', 'id\nsecond\n');
  expect((await city.receive('tax')).map(({ text }) => text)).toEqual(['id\nsecond\n']);
  await city.receive('emergency');
  await running.advance(3 * day);
  await gone();
});

test('after a termination nothing is readable, and the consumer owes a statement that it files once', async () => {
  const [one, two] = await share('plans', {});
  await city.upload('housing', 'plans', 'id\nfirst\n');
  const [received] = await city.receive('tax');
  await city.receive('emergency');
  const { deliveryId } = received!.notice;
  expect(extracts()).toHaveLength(1);
  const path = `/v1/agreements/${one.agreementId}`;
  const statement = { method: 'deleted', disposedOn: await today(), words: 'all copies were deleted' };
  expect((await city.as('tax').ask<Problem>('POST', `${path}/disposal`, { body: statement })).body.code).toBe(
    'nothing-owed',
  );

  await city.as('housing').post(`${path}/termination`, { reason: 'merged into another register' });
  expect(await contentOf('tax', deliveryId)).toMatchObject({ status: 409, body: { code: 'agreement-not-active' } });
  const { disposal } = await agreementOf('tax', one.agreementId);
  expect(disposal).toMatchObject({ owedSince: await today() });
  expect(disposal?.statement).toBeUndefined();
  expect(extracts()).toHaveLength(1);

  await city.as('housing').post(`/v1/agreements/${two.agreementId}/termination`, { reason: 'merged as well' });
  await gone();

  expect((await city.as('housing').ask<Problem>('POST', `${path}/disposal`, { body: statement })).status).toBe(403);
  await city.as('tax').post(`${path}/disposal`, statement);
  expect((await agreementOf('housing', one.agreementId)).disposal?.statement).toMatchObject({
    by: 'tax',
    method: 'deleted',
  });
  expect((await city.as('tax').ask<Problem>('POST', `${path}/disposal`, { body: statement })).body.code).toBe(
    'already-stated',
  );
  const { items } = await city.as('tax').get<{ items: Delivery[] }>('/v1/deliveries', {
    agreementId: one.agreementId,
  });
  expect(items.map(({ deliveryId: id }) => id)).toEqual([deliveryId]);
});

/** The day in the hub's time zone, by the hub's clock. */
async function today(): Promise<string> {
  return new Date((await running.now()).getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}
