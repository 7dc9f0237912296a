import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aDefinition } from '../support/builders.ts';
import { City } from '../support/city.ts';
import { startHub, type RunningHub } from '../support/hub.ts';

let running: RunningHub;
let city: City;
const day = 86_400;

beforeAll(async () => {
  running = await startHub();
  city = await City.of(running);
});
afterAll(async () => {
  await running?.stop();
  await city?.leave();
});

test('a daily agreement gets the current dataset at once, then the newest of each day, once, also after missed days', async () => {
  await city.publish(
    'housing',
    'permits',
    aDefinition({ provider: 'housing', schema: { fields: [{ name: 'id', type: 'string' }] } } as never),
  );
  await city.upload('housing', 'permits', 'id\nfirst\n');
  await city.agree('tax', 'housing', 'permits', { fields: ['id'], frequency: 'daily', at: '02:00' });
  expect((await city.receive('tax')).map(({ text }) => text)).toEqual(['id\nfirst\n']);

  await city.upload('housing', 'permits', 'id\nsecond\n');
  await city.upload('housing', 'permits', 'id\nthird\n');
  expect(await city.peek('tax')).toEqual([]);

  await running.advance(3 * day);
  expect((await city.receive('tax')).map(({ text }) => text)).toEqual(['id\nthird\n']);
  await running.advance(2 * day);
  expect(await city.peek('tax', 3)).toEqual([]);
});

test('nothing goes out after the last day of validity, and its content can no longer be fetched', async () => {
  const today = new Date(Date.now() + 5 * day * 1000 + 8 * 3_600_000).toISOString().slice(0, 10);
  await city.publish(
    'planning',
    'plans',
    aDefinition({ provider: 'planning', schema: { fields: [{ name: 'id', type: 'string' }] } } as never),
  );
  const agreement = await city.agree('tax', 'planning', 'plans', { fields: ['id'], validTo: today });
  await city.upload('planning', 'plans', 'id\nin time\n');
  const [delivered] = await city.receive('tax');
  await running.advance(2 * day);
  await city.upload('planning', 'plans', 'id\ntoo late\n');
  expect(await city.peek('tax', 3)).toEqual([]);
  const content = await city.as('tax').ask('GET', `/v1/deliveries/${delivered!.notice.deliveryId}/content`);
  expect(content).toMatchObject({ status: 409, body: { code: 'agreement-not-active' } });
  expect(agreement.state).toBe('active');
});
