import { expect, test } from '@jest/globals';
import { atMost, each } from '../../functions/kernel/each.ts';

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
