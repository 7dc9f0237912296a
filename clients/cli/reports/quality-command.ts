import type { Command } from 'commander';
import type { Quality } from '../../../schemas/contracts/quality.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { HubClient } from '../../protocol/hub-client.ts';
import { routes } from '../../protocol/routes.ts';
import type { Context } from '../terminal/context.ts';
import { exit, Failure } from '../terminal/failure.ts';
import { examples } from '../terminal/help.ts';
import { whole } from '../terminal/option-values.ts';
import { qualityOfOneScreen, qualityScreen } from './quality-screen.ts';

interface QualityOptions {
  readonly upload?: string;
  readonly limit: number;
}

export function qualityCommand(program: Command, context: Context): void {
  program
    .command('quality')
    .description('how good a resource is, upload by upload, and field by field')
    .argument('<resource>', 'id of the resource')
    .option('--upload <upload>', 'this one by itself: its id, or its number (#) in the list')
    .option('--limit <n>', 'how many uploads, the newest first', whole(1, 10_000), 20)
    .addHelpText(
      'after',
      `${examples(
        ['hub quality streets', 'the last uploads, and the fields of the newest'],
        ['hub quality streets --upload 17', 'one of them: its rules and fields'],
        ['hub quality streets --limit 1000 --json', 'for a chart'],
      )}

For the provider of the resource, the authority and auditors. What is told of fields comes a little after the verdict;
different values are estimated where there are many; personal and sensitive fields have no smallest and largest value.
`,
    )
    .action(async (resourceId: string, { upload, limit }: QualityOptions) => {
      const { client } = await context.connect();
      if (upload !== undefined) return one(context, client, resourceId, upload);
      const items: Quality[] = [];
      for await (const item of qualities(client, resourceId, limit)) if (items.push(item) === limit) break;
      const newest = items.find(({ fields }) => fields !== undefined) ?? items[0];
      const definition = newest && (await definitionOf(client, newest));
      if (context.json) context.document({ items });
      else context.print({ items, newest, definition }, qualityScreen);
    });
}

const qualities = (client: HubClient, resourceId: string, limit: number): AsyncGenerator<Quality> =>
  client.list(routes.readQuality, { params: { resourceId }, query: { limit: Math.min(limit, 100) } });

async function one(context: Context, client: HubClient, resourceId: string, wanted: string): Promise<void> {
  for await (const item of qualities(client, resourceId, 100)) {
    if (item.uploadId !== wanted && String(item.sequence) !== wanted) continue;
    const definition = await definitionOf(client, item);
    if (context.json) return context.document(item);
    return context.print({ item, definition }, (one, look) => qualityOfOneScreen(one.item, one.definition, look));
  }
  throw new Failure({
    what: `${resourceId} has no upload ${wanted} that was read.`,
    why: 'Quality is known of uploads whose records were checked.',
    next: [`hub quality ${resourceId} lists them.`],
    code: 'not-there',
    exit: exit.refused,
  });
}

const definitionOf = async (
  client: HubClient,
  { resourceId, resourceVersion: version }: Quality,
): Promise<ResourceVersion['definition']> =>
  (await client.call(routes.readResourceVersion, { params: { resourceId, version } })).definition;
