import { describe, expect, test } from '@jest/globals';
import { anotherTurn, turnOf } from '../../functions/kernel/turns.ts';
import { anId } from '../support/builders.ts';

describe('a department’s turns at large work', () => {
  test('are taken by number one after the other, and by the same number always', () => {
    expect([1, 2, 3, 4, 5, 1].map((number) => turnOf(number, 4))).toEqual([1, 2, 3, 0, 1, 1]);
  });

  test('are no more than it has, and all of them are taken', () => {
    const turns = Array.from({ length: 64 }, (_, n) => turnOf(anId(n), 8));
    expect(new Set(turns)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7]));
    expect(turnOf(anId(3), 1)).toBe(0);
  });

  test('are others, and any of them, for what is sent again, unless there is but one', () => {
    const others = [0, 0.34, 0.67, 0.999].map((random) => anotherTurn(() => random)(2, 4));
    expect(others).toEqual([3, 0, 1, 1]);
    expect(anotherTurn(() => 0.5)(2, 1)).toBe(0);
  });
});
