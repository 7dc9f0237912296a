import type { Command } from 'commander';
import { routes } from '../../protocol/routes.ts';
import { printAnswer, printList } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { usesScreen } from './uses-screen.ts';
import { impactScreen, lineageScreen, runScreen } from './derive-screens.ts';

export function deriveCommands(program: Command, context: Context): void {
  const derive = program
    .command('derive')
    .description('resources that are made of others: hub publish publishes them, as any other')
    .addHelpText(
      'after',
      examples(
        ['hub derive status presales-at-85', 'what became of the last run, and why'],
        ['hub derive lineage presales-at-85', 'where each field comes from, and what it inherits'],
      ),
    );
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
