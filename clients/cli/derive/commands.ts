import type { Command } from 'commander';
import { routes } from '../../protocol/routes.ts';
import { publish, publishOptions, type PublishOptions } from '../catalog/publish-command.ts';
import { printAnswer, printList } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { several } from '../terminal/option-values.ts';
import { shown } from '../terminal/printable.ts';
import { usesScreen } from './uses-screen.ts';
import { impactScreen, lineageScreen, runScreen } from './derive-screens.ts';

export function deriveCommands(program: Command, context: Context): void {
  const derive = program
    .command('derive')
    .description('resources that are made of others: try one here, publish it, see how it is made')
    .addHelpText(
      'after',
      examples(
        ['hub derive status presales-at-85', 'what became of the last run, and why'],
        ['hub derive lineage presales-at-85', 'where each field comes from, and what it inherits'],
      ),
    );
  derive
    .command('preview')
    .description('run the statement on your own data here; nothing is published')
    .argument('<file>', 'the definition as JSON, with its derivation')
    .option('--input <name=file>', 'records of an input; repeatable (default: what was delivered of it)', several)
    .addHelpText(
      'after',
      examples(
        ['hub derive preview presales.json --input projects=projects.csv', 'first records, lineage, inherited terms'],
        ['hub derive publish presales.json', 'once it is as it should be'],
      ),
    )
    .action(async (file: string, { input = [] }: { readonly input?: readonly string[] }) =>
      (await import('./preview/preview.ts')).preview(context, file, input),
    );
  publishOptions(
    derive
      .command('publish')
      .description('hub publish, with where its fields come from and what they inherit on the screen before')
      .argument('<file>', 'the definition as JSON, with its derivation'),
  )
    .addHelpText('after', examples(['hub derive publish presales.json', 'as the resource presales']))
    .action(async (file: string, options: PublishOptions) => {
      const { client } = await context.connect();
      const made = await (await import('./preview/preview.ts')).lineageOf(client, file);
      context.say(`${lineageScreen(shown(made), { ...context.look, color: false })}\n`);
      await publish(context, file, options);
    });
  derive
    .command('status')
    .description('the last run; for the provider')
    .argument('<resource>', 'id of the resource')
    .addHelpText('after', examples(['hub derive status presales-at-85', 'rows, versions of its inputs, reasons']))
    .action((resourceId: string) => printAnswer(context, routes.readDerivation, { params: { resourceId } }, runScreen));
  derive
    .command('lineage')
    .description('where its fields come from; of others’ resources the part that one’s own have in it')
    .argument('<resource>', 'id of the resource')
    .addHelpText('after', examples(['hub derive lineage presales-at-85', 'by field, with what is inherited']))
    .action((resourceId: string) =>
      printAnswer(context, routes.readLineage, { params: { resourceId } }, lineageScreen),
    );
  derive
    .command('uses')
    .description('who uses your fields of a derived resource, and what you are asked about that')
    .argument('<resource>', 'id of the resource')
    .addHelpText('after', examples(['hub derive uses population-joined', 'agreements, fields, consents']))
    .action((resourceId: string) => printList(context, routes.listUses, { params: { resourceId } }, usesScreen));
  program
    .command('impact')
    .description('what stops of a derived resource without an agreement that it rests on')
    .argument('<resource>', 'id of the resource')
    .requiredOption('--without <agreement>', 'the agreement that would be suspended, or end')
    .addHelpText('after', examples(['hub impact presales-at-85 --without 01JD…', 'fields, consumers, deliveries']))
    .action((resourceId: string, { without }: { readonly without: string }) =>
      printAnswer(context, routes.readImpact, { params: { resourceId }, query: { without } }, impactScreen),
    );
}
