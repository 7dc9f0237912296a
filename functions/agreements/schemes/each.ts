import { inOrder } from '../../kernel/each.ts';

/** Parts of a scheme that are worked on at once: the rest of the hub wants to be served too. */
const WIDTH = 5;

/** The results in the order of the items, at most `WIDTH` under way at once. */
export async function eachOf<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for await (const [, result] of inOrder(items, WIDTH, work)) results.push(result);
  return results;
}
