import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aDefinition } from '../support/builders.ts';
import { City } from '../support/city.ts';
import { startHub, type RunningHub } from '../support/hub.ts';

let running: RunningHub;
let city: City;

beforeAll(async () => {
  running = await startHub();
  city = await City.of(running);
});
afterAll(async () => {
  await running?.stop();
  await city?.leave();
});

const definition = aDefinition({
  provider: 'housing',
  schema: { fields: [{ name: 'id', type: 'string' }] },
} as never);

test('while planning is held up datasets come and an agreement is filed: its consumer gets the one in force at the filing and what comes after', async () => {
  await city.publish('housing', 'permits', definition);
  await city.publish('housing', 'leases', definition);
  await city.agree('press', 'housing', 'permits', { fields: ['id'] });
  await city.upload('housing', 'permits', 'id\nfirst\n');
  await city.receive('press');

  const goOn = await running.freeze('dispatch');
  try {
    for (const row of ['one', 'two', 'three']) await city.upload('housing', 'leases', `id\n${row}\n`);
    await city.agree('tax', 'housing', 'leases', { fields: ['id'] });
    await city.upload('housing', 'leases', 'id\nfour\n');
  } finally {
    goOn();
  }
  const delivered = await city.receive('tax', 2);
  expect(delivered.map(({ notice, text }) => `${notice.datasetVersion} ${text}`).toSorted()).toEqual([
    '3 id\nthree\n',
    '4 id\nfour\n',
  ]);
  expect(await city.peek('tax')).toEqual([]);
});
