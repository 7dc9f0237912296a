import type { Page } from '../../../schemas/contracts/paging.ts';

/** A page of a list that is in order of its positions; a cursor is the position of the last item that was looked at. */
export function memoryPage<T, U>(
  list: readonly T[],
  positionOf: (item: T) => string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  choose: (item: T) => U | undefined,
): Page<U> {
  const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString();
  const start = after === undefined ? 0 : list.findIndex((item) => positionOf(item) === after) + 1;
  const items: U[] = [];
  for (const [index, item] of list.entries()) {
    if (index < start) continue;
    const before = list[index - 1];
    if (items.length === limit && before !== undefined)
      return { items, cursor: Buffer.from(positionOf(before)).toString('base64url') };
    const chosen = choose(item);
    if (chosen !== undefined) items.push(chosen);
  }
  return { items };
}
