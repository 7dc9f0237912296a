import type { RouteId } from '../../../schemas/contracts/routes.ts';
import type { Answered, Item, ListId, Sent } from '../../protocol/route-types.ts';
import type { Called } from '../../protocol/routes.ts';
import { count } from '../../words/quantity.ts';
import type { Context } from './context.ts';
import type { Screen } from './look.ts';

/** Calls the hub and shows what it answers. */
export async function printAnswer<Id extends RouteId>(
  context: Context,
  route: Called<Id>,
  sent: Sent<Id>,
  screen: Screen<Answered<Id>>,
): Promise<void> {
  const { client } = await context.connect();
  context.print(await client.call(route, sent), screen);
}

/** Shows a whole list. */
export const printList = async <Id extends ListId>(
  context: Context,
  route: Called<Id>,
  sent: Sent<Id>,
  screen: Screen<{ readonly items: readonly Item<Id>[] }>,
): Promise<void> => context.print(await listed(context, route, sent), screen);

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
