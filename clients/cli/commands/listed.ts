import type { Item, ListId, Sent } from '../../protocol/route-types.ts';
import type { Called } from '../../protocol/routes.ts';
import { count } from '../../words/quantity.ts';
import type { Context } from '../context.ts';

/** A whole list, page after page, in the shape that one page has: what `--json` prints. */
export async function listed<Id extends ListId>(
  context: Context,
  route: Called<Id>,
  sent: Sent<Id>,
): Promise<{ items: Item<Id>[] }> {
  const progress = context.progress('asking the hub');
  try {
    const { client } = await context.connect();
    const items: Item<Id>[] = [];
    for await (const item of client.list(route, sent)) {
      items.push(item);
      if (items.length % 100 === 0) progress.retitle(`${count(items.length)} so far`);
    }
    return { items };
  } finally {
    progress.end();
  }
}
