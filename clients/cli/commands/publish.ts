import { basename, extname } from 'node:path';
import type { Command } from 'commander';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { Context } from '../context.ts';
import { wrongUsage } from '../failure.ts';
import { examples } from '../help.ts';
import { readJson } from '../json-file.ts';
import { publishedScreen } from '../screens/published.ts';

interface PublishOptions {
  readonly id?: string;
  readonly acceptBreaking?: boolean;
}

export function publishCommand(program: Command, context: Context): void {
  program
    .command('publish')
    .description('publish a resource definition; the same again changes nothing, a changed one adds a version')
    .argument('<file>', 'the definition as JSON; - reads standard input')
    .option('--id <resource>', 'id of the resource (default: the name of the file)')
    .option('--accept-breaking', 'publish although consumers rely on what changes')
    .addHelpText(
      'after',
      examples(
        ['hub publish streets.json', 'as the resource streets'],
        ['hub publish draft.json --id streets --accept-breaking', 'a change that was agreed with the consumers'],
      ),
    )
    .action(async (file: string, { id, acceptBreaking }: PublishOptions) => {
      if (file === '-' && id === undefined) throw wrongUsage('Standard input has no name.', 'Add --id RESOURCE.');
      const definition = await readJson(file);
      const resourceId = id ?? basename(file, extname(file));
      const { client } = await context.connect();
      const body = acceptBreaking ? { ...(definition as object), breaking: 'accepted' } : definition;
      context.print(
        await client.put<ResourceVersion>(`/v1/resources/${encodeURIComponent(resourceId)}`, body),
        publishedScreen,
      );
    });
}
