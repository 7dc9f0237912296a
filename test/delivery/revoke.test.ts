import { expect, test } from '@jest/globals';
import { anId, department } from '../support/builders.ts';
import { aHub, type TestHub } from './hub.ts';

const extractObjects = (hub: TestHub) => [...hub.objects.stored.keys()].filter((key) => key.startsWith('extracts/'));

async function twoConsumers(): Promise<TestHub> {
  const hub = aHub();
  hub.agree({ agreementId: anId(1), consumer: department('tax') });
  hub.agree({ agreementId: anId(2), consumer: department('press') });
  await hub.dispatch(hub.commit(1));
  await hub.deliver();
  return hub;
}

test('a shared extract stays while somebody holds a grant, and goes with the last', async () => {
  const hub = await twoConsumers();
  await hub.dispatch(hub.end(anId(1)));
  expect([...hub.store.extracts.values()]).toMatchObject([{ grants: 1 }]);
  expect(extractObjects(hub)).toHaveLength(1);
  await hub.dispatch(hub.end(anId(2)));
  expect(hub.store.extracts.size).toBe(0);
  expect(extractObjects(hub)).toEqual([]);
  expect(hub.deliveries.map(({ state }) => state)).toEqual(['noticed', 'noticed']);
});

test('a termination told twice takes one grant', async () => {
  const hub = await twoConsumers();
  const ended = hub.end(anId(1));
  await hub.dispatch(ended, ended);
  expect([...hub.store.extracts.values()]).toMatchObject([{ grants: 1 }]);
});

test('what was still planned becomes void, and every dataset’s extract goes', async () => {
  const hub = aHub();
  hub.file({});
  await hub.dispatch(hub.commit(1), hub.commit(2));
  await hub.deliver();
  await hub.dispatch(hub.commit(3));
  await hub.dispatch(hub.end(anId(1)));
  expect(hub.deliveries.map(({ datasetVersion, state }) => [datasetVersion, state])).toEqual([
    [1, 'noticed'],
    [2, 'noticed'],
    [3, 'void'],
  ]);
  expect(extractObjects(hub)).toEqual([]);
  expect(hub.store.agreements.get(anId(1))?.due).toBeUndefined();
});

test('a lost termination event is made good by the sweeper', async () => {
  const hub = await twoConsumers();
  hub.end(anId(1));
  hub.clock.set('2026-12-01T02:00:00.000Z');
  await hub.sweep();
  expect([...hub.store.extracts.values()]).toMatchObject([{ grants: 1 }]);
});

test('an agreement that ended before it was ever active has nothing to take back', async () => {
  const hub = aHub();
  expect(await hub.dispatch(hub.agree({ state: 'terminated' }))).toEqual({ batchItemFailures: [] });
});
