import { expect, test } from '@jest/globals';

import { ConcurrentDelivery } from '../../../../infra/local/aws/events/concurrent.ts';
import { until } from '../an-endpoint.ts';

/** Events 1 to `count`, kept until they are settled. */
function waiting(count: number, deliver: (event: number) => Promise<void>) {
  const left = new Set(Array.from({ length: count }, (_, index) => index + 1));
  const events = new ConcurrentDelivery<number>({
    pending: () => Array.from(left, (id) => ({ id, event: id })),
    deliver,
    settle: (id) => void left.delete(id),
  });
  return { events, left };
}

test('one listener that does not answer does not hold up other events', async () => {
  const { events, left } = waiting(100, (event) => (event === 1 ? new Promise(() => undefined) : Promise.resolve()));
  events.wake();
  await until(() => left.size === 1);
  expect([...left]).toEqual([1]);
});

test('an event that is not taken is offered again, and not more than once at a time', async () => {
  const offered: number[] = [];
  const { events, left } = waiting(50, (event) => {
    offered.push(event);
    return event <= 40 && offered.length <= 50 ? Promise.reject(new Error('not ready')) : Promise.resolve();
  });
  events.wake();
  events.wake();
  await until(() => left.size === 0);
  expect(offered).toHaveLength(90);
});

test('after a stop nothing more is offered', async () => {
  const offered: number[] = [];
  const { events } = waiting(3, (event) => {
    offered.push(event);
    return Promise.reject(new Error('closing'));
  });
  events.wake();
  await events.stop();
  events.wake();
  expect(offered).toEqual([1, 2, 3]);
});
