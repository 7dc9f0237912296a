import { Option, type Command } from 'commander';
import { ShareType, UpdateCycle } from '../../../schemas/contracts/definition.ts';
import { routes } from '../../protocol/routes.ts';
import { readResource } from './read-resource.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { datasetsScreen } from './datasets-screen.ts';
import { resourceScreen } from './resource-screen.ts';
import { resourcesScreen } from './resources-screen.ts';
import { printList } from '../terminal/answers.ts';

interface SearchOptions {
  readonly provider?: string;
  readonly theme?: string;
  readonly shareType?: ShareType;
  readonly category?: string;
  readonly field?: string;
  readonly updateCycle?: UpdateCycle;
  readonly retired?: boolean;
}

export function resourcesCommands(program: Command, context: Context): void {
  const resources = program
    .command('resources')
    .description('search the catalog; show one resource; its dataset versions')
    .argument('[search]', 'words in id, code, titles, description or field names; the best first')
    .option('--provider <department>', 'of this department, or with fields of it')
    .option('--theme <theme>', 'of this theme')
    .addOption(new Option('--share-type <type>', 'of this share type').choices(ShareType.options))
    .option('--category <code>', 'under this category: hub catalog categories')
    .option('--field <text>', 'with a field of this name or title')
    .addOption(new Option('--update-cycle <cycle>', 'of this update cycle').choices(UpdateCycle.options))
    .option('--retired', 'also what is retired')
    .addHelpText(
      'after',
      examples(
        ['hub resources', 'the whole catalog'],
        ['hub resources 街道 --share-type unconditional', 'what anybody may have about streets'],
        ['hub resources show streets', 'fields, types and rules of one resource'],
        ['hub resources datasets streets', 'what was accepted so far'],
      ),
    )
    .action(async (text: string | undefined, { retired, ...options }: SearchOptions) => {
      const query = { text, ...options, ...(retired && { retired: 'include' as const }) };
      await printList(context, routes.listResources, { query }, resourcesScreen);
    });
  showCommand(resources, context);
  datasetsCommand(resources, context);
}

function showCommand(resources: Command, context: Context): void {
  resources
    .command('show')
    .description('one resource: catalog entries, fields, rules')
    .argument('<resource>', 'id of the resource')
    .option('--version <number>', 'this version instead of the newest')
    .addHelpText(
      'after',
      examples(['hub resources show streets --json > streets.json', 'version, digest and definition']),
    )
    .action(async (resourceId: string, { version }: { readonly version?: string }) => {
      const { client } = await context.connect();
      context.print(await readResource(client, resourceId, version), resourceScreen);
    });
}

function datasetsCommand(resources: Command, context: Context): void {
  resources
    .command('datasets')
    .description('its dataset versions; for the provider and the parties of its agreements')
    .argument('<resource>', 'id of the resource')
    .addHelpText('after', examples(['hub resources datasets streets', 'newest first']))
    .action((resourceId: string) =>
      printList(context, routes.listDatasets, { params: { resourceId } }, datasetsScreen),
    );
}
