import { expect, test } from '@jest/globals';
import { partMemory } from '../../functions/adapters/s3/part-memory.ts';

const PART = 5 * 1024 ** 2;

test('memory of parts that have arrived is used again, and goes at once with the last object', () => {
  const { arrayBuffers: before } = process.memoryUsage();
  const held = () => Math.round((process.memoryUsage().arrayBuffers - before) / PART);
  const [one, other] = [partMemory(), partMemory()];
  const arrived = one.take(PART);
  one.give(arrived);
  const again = other.take(PART);
  expect(again).toBe(arrived);
  one.leave(one.take(PART));
  one.leave();
  expect([held(), other.take(2 * PART).length]).toEqual([2, 2 * PART]);
  other.leave(again);
  // What was neither given nor left is freed when V8 collects it.
  expect(held()).toBe(2);
});
