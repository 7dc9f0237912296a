import type { Command } from 'commander';
import type { HubClient } from '../../protocol/hub-client.ts';
import { routes } from '../../protocol/routes.ts';
import type { Context } from './context.ts';
import { exit, Failure } from './failure.ts';
import { isPartOfId } from './short-ids.ts';

/** Of what commands name by an id, by the name that it has in their usage: the lists in which one finds one's own. */
const lists: Readonly<Record<string, (client: HubClient) => AsyncIterable<string>>> = {
  agreement: (client) => ids(client.list(routes.listAgreements, { query: {} }), 'agreementId'),
  comparison: (client) => ids(client.list(routes.listComparisons, { query: {} }), 'comparisonId'),
  correction: (client) => ids(client.list(routes.listCorrections, { query: {} }), 'correctionId'),
  delivery: (client) => ids(client.list(routes.listDeliveries, { query: {} }), 'deliveryId'),
  demand: (client) => ids(client.list(routes.listDemands, { query: {} }), 'demandId'),
  order: (client) => ids(client.list(routes.listReconciliations, { query: {} }), 'reconciliationId'),
  upload: (client) => ids(client.list(routes.listUploads, { query: {} }), 'uploadId'),
  watch: (client) => ids(client.list(routes.listWatches, { query: {} }), 'watchId'),
};

async function* ids<Name extends string>(
  items: AsyncIterable<{ readonly [name in Name]: string }>,
  name: Name,
): AsyncGenerator<string> {
  for await (const item of items) yield item[name];
}

/** Fifty pages: what is older is named by its whole id. */
const MOST_LOOKED_AT = 5_000;

/** The beginning of an id stands for it, wherever a command takes one: completed before the command sees it. */
export function completeIds(program: Command, context: Context): void {
  program.hook('preAction', async (_program, command) => {
    for (const [index, argument] of command.registeredArguments.entries())
      command.processedArgs[index] = await completed(context, argument.name(), command.processedArgs[index]);
    for (const option of command.options) {
      const name = option.attributeName();
      const kind = kindOf(option.flags, name);
      const given: unknown = command.getOptionValue(name);
      if (kind !== undefined && given !== undefined)
        command.setOptionValue(name, await completed(context, kind, given));
    }
  });
}

/** `--agreement <id>`, `--without <agreement>`. */
function kindOf(flags: string, name: string): string | undefined {
  const value = /<([^>]+)>/.exec(flags)?.[1] ?? '';
  return [value, ...(value === 'id' ? [name] : [])].find((each) => Object.hasOwn(lists, each));
}

async function completed(context: Context, kind: string, given: unknown): Promise<unknown> {
  const list = lists[kind];
  if (list === undefined || typeof given !== 'string' || !isPartOfId(given)) return given;
  const { client } = await context.connect();
  const start = given.toUpperCase();
  const found: string[] = [];
  let looked = 0;
  for await (const id of list(client)) {
    if (id.startsWith(start)) found.push(id);
    if (found.length > 1 || (looked += 1) >= MOST_LOOKED_AT) break;
  }
  const [only, other] = found;
  if (only !== undefined && other === undefined) return only;
  throw new Failure({
    what:
      only === undefined ? `No ${kind} of yours begins with ${start}.` : `More than one ${kind} begins with ${start}.`,
    next:
      only === undefined
        ? ['Name it by its whole id, which lists print in a pipe and with --json.']
        : [`Such as ${only} and ${other}.`],
    code: only === undefined ? 'no-such-id' : 'ambiguous-id',
    exit: exit.usage,
  });
}
