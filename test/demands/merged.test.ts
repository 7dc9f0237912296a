import { expect, test } from '@jest/globals';
import type { StoredDemand } from '../../schemas/stored/demands.ts';
import { merged } from '../../functions/demands/merged.ts';
import { aDemand, aDemandId } from './a-demand.ts';

async function* list(...numbers: readonly number[]): AsyncGenerator<StoredDemand> {
  for (const number of numbers) yield aDemand({ demandId: aDemandId(number) });
}

test.each([
  [[], []],
  [[[]], []],
  [
    [[1, 3], [2]],
    [1, 2, 3],
  ],
  [
    [[1, 2, 3], [2, 3, 4], [3]],
    [1, 2, 3, 4],
  ],
  [[[5], [5], [5]], [5]],
])('lists in order become one in order, without repeats: %j', async (lists, expected) => {
  const seen: number[] = [];
  for await (const { demandId } of merged(lists.map((numbers) => list(...numbers))))
    seen.push(Number(demandId.slice(-4)));
  expect(seen).toEqual(expected);
});

test('who stops reading closes every list', async () => {
  const closed: string[] = [];
  async function* watched(name: string): AsyncGenerator<StoredDemand> {
    try {
      yield* list(1, 2, 3);
    } finally {
      closed.push(name);
    }
  }
  for await (const _ of merged([watched('a'), watched('b')])) break;
  expect(closed).toEqual(['a', 'b']);
});
