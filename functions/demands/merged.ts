import type { StoredDemand } from '../../schemas/stored/demands.ts';

/** Several lists that are each in order of ids as one such list; what stands in more than one comes once. */
export async function* merged(lists: readonly AsyncIterable<StoredDemand>[]): AsyncGenerator<StoredDemand> {
  const readers = lists.map((list) => list[Symbol.asyncIterator]());
  try {
    const heads = await Promise.all(readers.map((reader) => reader.next()));
    for (;;) {
      const next = heads.reduce<StoredDemand | undefined>(
        (least, { done, value }) => (!done && (!least || value.demandId < least.demandId) ? value : least),
        undefined,
      );
      if (!next) return;
      yield next;
      for (const [index, head] of heads.entries()) {
        const reader = readers[index];
        if (reader && !head.done && head.value.demandId === next.demandId) heads[index] = await reader.next();
      }
    }
  } finally {
    await Promise.all(readers.map(async (reader) => reader.return?.()));
  }
}
