import type { Context } from '../context.ts';
import { count } from '../quantity.ts';

// oxlint-disable typescript/no-unnecessary-type-parameters -- the caller names what the route answers, as with HubClient

/** A whole list, page after page, in the shape that one page has: what `--json` prints. */
export async function listed<T>(
  context: Context,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
): Promise<{ items: T[] }> {
  const progress = context.progress('asking the hub');
  try {
    const { client } = await context.connect();
    const items: T[] = [];
    for await (const item of client.list<T>(path, { ...query, limit: 100 })) {
      items.push(item);
      if (items.length % 100 === 0) progress.retitle(`${count(items.length)} so far`);
    }
    return { items };
  } finally {
    progress.end();
  }
}
