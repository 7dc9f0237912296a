import { expect, test } from '@jest/globals';
import { atMost, each, inOrder, tell } from '../../functions/kernel/each.ts';
import { recordingLog } from '../support/memory/kernel.ts';

async function* counting(until: number): AsyncGenerator<number> {
  for (let number = 1; number <= until; number++) yield number;
}

test('every item has its turn, so many at a time', async () => {
  const done: number[] = [];
  let [running, most] = [0, 0];
  await each(counting(10), 3, async (number) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running -= 1;
    done.push(number);
  });
  expect(done.toSorted((left, right) => left - right)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(most).toBe(3);
});

test('a fault is collected and keeps no other from its turn', async () => {
  const done: number[] = [];
  const faults = await each([1, 2, 3], 2, async (number) => {
    if (number === 2) throw new Error('no');
    done.push(number);
  });
  expect(done).toEqual([1, 3]);
  expect(faults).toEqual([new Error('no')]);
});

test('a fault is told at once, with its item; what telling it meets is one more', async () => {
  const told: unknown[] = [];
  const work = async (number: number) => {
    if (number > 1) throw new Error(`no ${number}`);
  };
  const faults = await each([1, 2, 3], 1, work, async (number, fault) => {
    told.push([number, fault]);
    if (number === 3) throw new Error('not told');
  });
  expect(told).toEqual([2, 3].map((number) => [number, new Error(`no ${number}`)]));
  expect(faults).toEqual([new Error('no 2'), new Error('no 3'), new Error('not told')]);
});

test('of a great many faults the log tells the first', () => {
  const log = recordingLog();
  tell(
    log,
    'sweep failed',
    Array.from({ length: 1000 }, () => new Error('no')),
  );
  expect(log.lines).toHaveLength(5);
  expect(log.lines[0]).toMatchObject({ level: 'error', message: 'sweep failed', about: { error: { name: 'Error' } } });
});

test('a listing that fails is a fault, and what it gave before is done', async () => {
  const done: number[] = [];
  async function* failing() {
    yield* [1, 2];
    throw new Error('not to be read');
  }
  const faults = await each(failing(), 4, async (number) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    done.push(number);
  });
  expect(done).toEqual([1, 2]);
  expect(faults).toEqual([new Error('not to be read')]);
});

test('a long listing is cut', async () => {
  const taken: number[] = [];
  await each(atMost(3, counting(1000)), 1, async (number) => void taken.push(number));
  expect(taken).toEqual([1, 2, 3]);
});

test('results come in the order of the items, so many at a time', async () => {
  let under = 0;
  let most = 0;
  const work = async (item: number): Promise<number> => {
    most = Math.max(most, (under += 1));
    await new Promise((resolve) => setTimeout(resolve, 5 - item));
    under -= 1;
    return item * 10;
  };
  const seen: (readonly [number, number])[] = [];
  for await (const pair of inOrder([1, 2, 3, 4, 5], 2, work)) seen.push(pair);
  expect(seen).toEqual([1, 2, 3, 4, 5].map((item) => [item, item * 10]));
  expect(most).toBe(2);
});

test('who stops reading has nothing more begun, and a fault ends it', async () => {
  const begun: number[] = [];
  const work = async (item: number) => begun.push(item);
  for await (const _ of inOrder([1, 2, 3, 4, 5], 2, work)) break;
  expect(begun).toEqual([1, 2]);
  const failing = inOrder([1], 2, () => Promise.reject(new Error('no')));
  await expect(failing.next()).rejects.toThrow('no');
});
