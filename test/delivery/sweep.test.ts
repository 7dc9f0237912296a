import { expect, test } from '@jest/globals';
import { anId, department } from '../support/builders.ts';
import { datasetKey } from '../support/memory/deliveries.ts';
import { aHub } from './hub.ts';

test('a dataset whose event was lost is planned', async () => {
  const hub = aHub();
  hub.agree({});
  hub.commit(1);
  await hub.sweep();
  expect(hub.deliveries).toEqual([]);
  hub.clock.set('2026-12-01T01:01:00.000Z');
  await hub.sweep();
  expect(hub.deliveries).toHaveLength(1);
});

test('a delivery whose message was lost is queued again, at growing pauses', async () => {
  const hub = aHub();
  hub.agree({});
  await hub.dispatch(hub.commit(1));
  const queuedAt: number[] = [];
  for (let minute = 1; minute <= 40; minute++) {
    hub.queue.messages.splice(0);
    hub.clock.set(new Date(Date.parse('2026-12-01T01:00:01.000Z') + minute * 60_000).toISOString());
    await hub.sweep();
    if (hub.queue.messages.length > 0) queuedAt.push(minute);
  }
  expect(queuedAt).toEqual([1, 3, 7, 15, 31]);
});

test('a delivery that is done is left alone', async () => {
  const hub = aHub();
  hub.agree({});
  await hub.dispatch(hub.commit(1));
  await hub.deliver();
  hub.clock.set('2026-12-02T01:00:00.000Z');
  await hub.sweep();
  expect(hub.queue.messages).toEqual([]);
  expect(hub.mailboxes.notices).toHaveLength(1);
});

test('one that always fails goes behind the others and stops none of them', async () => {
  const hub = aHub();
  hub.agree({ agreementId: anId(1), resourceVersion: 7 });
  hub.agree({ agreementId: anId(2), consumer: department('press') });
  hub.commit(1);
  hub.clock.set('2026-12-01T01:02:00.000Z');
  await hub.sweep();
  await hub.deliver();
  expect(hub.mailboxes.noticesOf('press')).toHaveLength(1);
  expect(hub.store.datasets.get(datasetKey('legal-entities', 1))?.due).toBe('2026-12-01T01:07:00.000Z');
  expect(hub.log.lines.filter(({ level }) => level === 'error').map(({ message }) => message)).toContain(
    'sweep failed',
  );
});

test('one that a run dies of is behind the others in the next run', async () => {
  const hub = aHub();
  hub.agree({ agreementId: anId(1) });
  hub.commit(1);
  hub.clock.set('2026-12-01T01:02:00.000Z');
  hub.life.killAt(1, 'after');
  await hub.sweep();
  hub.life.revive();
  expect(hub.deliveries).toEqual([]);
  expect(hub.store.agreements.get(anId(1))?.due).toBe('2026-12-01T01:07:00.000Z');
  await hub.settle();
  expect(hub.deliveries.map(({ state }) => state)).toEqual(['noticed']);
});
