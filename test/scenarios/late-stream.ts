import { expect } from '@jest/globals';
import { aDefinition } from '../support/builders.ts';
import type { Place } from '../support/place.ts';

const definition = aDefinition({
  provider: 'housing',
  schema: { fields: [{ name: 'id', type: 'string' }] },
} as never);

/**
 * While planning is held up datasets come and an agreement is filed: its consumer gets the one in force at the filing and
 * what comes after.
 */
export async function lateStream({ hub, city }: Place): Promise<void> {
  await city.publish('housing', 'permits', definition);
  await city.publish('housing', 'leases', definition);
  await city.agree('command-traffic', 'housing', 'permits', { fields: ['id'] });
  await city.upload('housing', 'permits', 'id\nfirst\n');
  await city.receive('command-traffic');

  const goOn = await hub.freeze('dispatch');
  try {
    for (const row of ['one', 'two', 'three']) await city.upload('housing', 'leases', `id\n${row}\n`);
    await city.agree('command-fire', 'housing', 'leases', { fields: ['id'] });
    await city.upload('housing', 'leases', 'id\nfour\n');
  } finally {
    goOn();
  }
  const delivered = await city.receive('command-fire', 2);
  expect(delivered.map(({ notice, text }) => `${notice.datasetVersion} ${text}`).toSorted()).toEqual([
    '3 id\nthree\n',
    '4 id\nfour\n',
  ]);
  expect(await city.peek('command-fire')).toEqual([]);
}
