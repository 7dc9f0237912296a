import { expect } from '@jest/globals';
import { routes } from '../../clients/protocol/routes.ts';
import { aDefinition } from '../support/builders.ts';
import { today, type Place } from '../support/place.ts';

const day = 86_400;

/** A daily agreement gets the current dataset at once, then the newest of each day, once, also after missed days. */
export async function newestOfEachDay({ hub, city }: Place): Promise<void> {
  await city.publish(
    'housing',
    'permits-by-day',
    aDefinition({ provider: 'housing', schema: { fields: [{ name: 'id', type: 'string' }] } } as never),
  );
  await city.upload('housing', 'permits-by-day', 'id\nfirst\n');
  await city.agree('press', 'housing', 'permits-by-day', { fields: ['id'], frequency: 'daily', at: '02:00' });
  expect((await city.receive('press')).map(({ text }) => text)).toEqual(['id\nfirst\n']);

  await city.upload('housing', 'permits-by-day', 'id\nsecond\n');
  await city.upload('housing', 'permits-by-day', 'id\nthird\n');
  expect(await city.peek('press')).toEqual([]);

  await hub.advance(3 * day);
  expect((await city.receive('press')).map(({ text }) => text)).toEqual(['id\nthird\n']);
  await hub.advance(2 * day);
  expect(await city.peek('press', 3)).toEqual([]);
}

/** Nothing goes out after the last day of validity, and its content can no longer be fetched. */
export async function nothingAfterTheLastDay(place: Place): Promise<void> {
  const { hub, city } = place;
  await city.publish(
    'planning',
    'plans',
    aDefinition({ provider: 'planning', schema: { fields: [{ name: 'id', type: 'string' }] } } as never),
  );
  const agreement = await city.agree('press', 'planning', 'plans', { fields: ['id'], validTo: await today(place) });
  await city.upload('planning', 'plans', 'id\nin time\n');
  const [delivered] = await city.receive('press');
  await hub.advance(2 * day);
  await city.upload('planning', 'plans', 'id\ntoo late\n');
  expect(await city.peek('press', 3)).toEqual([]);
  const content = await city
    .as('press')
    .ask(routes.readContent, { params: { deliveryId: delivered!.notice.deliveryId } });
  expect(content).toMatchObject({ status: 409, problem: { code: 'agreement-not-active' } });
  expect(agreement.state).toBe('active');
}
