import { basename, extname } from 'node:path';
import { Option, type Command } from 'commander';
import type { Comparison } from '../../../schemas/contracts/compatibility.ts';
import type { HubClient } from '../../protocol/hub-client.ts';
import { isRefusal } from '../../protocol/refused.ts';
import type { Body } from '../../protocol/route-types.ts';
import { routes } from '../../protocol/routes.ts';
import type { Context } from '../terminal/context.ts';
import { exit, Failure, wrongUsage } from '../terminal/failure.ts';
import { examples } from '../terminal/help.ts';
import { readJson } from '../terminal/json-file.ts';
import { whole } from '../terminal/option-values.ts';
import { comparisonScreen } from './comparison-screen.ts';
import { publishedScreen } from './published-screen.ts';

export interface PublishOptions {
  readonly id?: string;
  readonly acceptBreaking?: boolean;
  readonly graceDays?: number;
  readonly compare?: boolean;
}

const rules = `
A breaking change is refused and says whom it concerns. With --accept-breaking it is published: the agreements that it
breaks get the old version for the days of grace, then the hub suspends those that were not amended.

Exit codes: 0 done · 1 refused · 4 with --compare: it breaks what others rely on
`;

export function publishCommand(program: Command, context: Context): void {
  publishOptions(
    program
      .command('publish')
      .description('publish a resource definition; the same again changes nothing, a changed one adds a version')
      .argument('<file>', 'the definition as JSON; - reads standard input'),
  )
    .addHelpText(
      'after',
      examples(
        ['hub publish streets.json', 'as the resource streets'],
        ['hub publish streets.json --compare', 'what it would change, and for whom'],
        ['hub publish draft.json --id streets --accept-breaking', 'a change that was agreed with the consumers'],
      ),
    )
    .addHelpText('after', rules)
    .action((file: string, options: PublishOptions) => publish(context, file, options));
}

export const publishOptions = (command: Command): Command =>
  command
    .option('--id <resource>', 'id of the resource (default: the name of the file)')
    .addOption(
      new Option('--compare', 'publish nothing: show what would change, and which agreements that concerns').conflicts([
        'acceptBreaking',
        'graceDays',
      ]),
    )
    .option('--accept-breaking', 'publish although others rely on what changes')
    .option('--grace-days <days>', 'in which agreements that it breaks can be amended (default: 90)', whole(0, 365));

export async function publish(context: Context, file: string, options: PublishOptions): Promise<void> {
  const { id, compare, acceptBreaking, graceDays } = options;
  if (file === '-' && id === undefined) throw wrongUsage('Standard input has no name.', 'Add --id RESOURCE.');
  const definition = (await readJson(file)) as Definition;
  const resourceId = id ?? basename(file, extname(file));
  const { client } = await context.connect();
  if (compare) {
    const command = ['hub publish', file, ...(id === undefined ? [] : ['--id', id])].join(' ');
    return show(context, await comparison(client, resourceId, definition, command), command);
  }
  if (acceptBreaking)
    await context.confirm({
      en: `Publish ${resourceId} although it may break what others rely on?`,
      zh: `仍要发布 ${resourceId}？可能影响使用方。`,
    });
  const body = {
    ...definition,
    ...(acceptBreaking && { breaking: 'accepted' as const }),
    ...(graceDays !== undefined && { graceDays }),
  };
  context.print(await client.call(routes.publishResource, { params: { resourceId }, body }), publishedScreen);
}

/** As the file claims; the hub judges it. */
type Definition = Body<'publishResource'>;

function show(context: Context, found: Comparison, command: string): void {
  context.print(found, comparisonScreen(command));
  if (found.verdict === 'breaking') context.leaveWith(exit.verdict);
}

/** What a file says of its own publication is not compared. */
async function comparison(
  client: HubClient,
  resourceId: string,
  { breaking: _breaking, graceDays: _graceDays, ...definition }: Definition,
  command: string,
): Promise<Comparison> {
  try {
    return await client.call(routes.compareResource, { params: { resourceId }, body: definition });
  } catch (cause) {
    if (!isRefusal(cause, 'not-found')) throw cause;
    const what = `${resourceId} is not in the catalog: there is no version to compare with.`;
    throw new Failure({ what, next: [`${command} publishes the first one.`], code: 'not-found' }, { cause });
  }
}
