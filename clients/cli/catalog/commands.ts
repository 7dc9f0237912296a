import type { Command } from 'commander';
import { routes } from '../../protocol/routes.ts';
import { printAnswer, printList } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { categoriesScreen } from './categories-screen.ts';
import { exportDcat } from './dcat-command.ts';
import { exportCatalog, type ExportOptions } from './sheet/export-command.ts';
import { importCatalog, type ImportOptions } from './sheet/import-command.ts';
import { lateScreen } from './late-screen.ts';
import { lifeCommands } from './life-commands.ts';

/** `hub catalog`: the catalog as a whole, in workbooks and for other catalogs. */
export function catalogCommands(program: Command, context: Context): void {
  const catalog = program
    .command('catalog')
    .description('the catalog as a workbook or as linked data; what is late in it; its categories');
  sheetCommands(catalog, context);
  catalog
    .command('dcat')
    .description('write the whole catalog as linked data: DCAT-AP 3 in JSON-LD')
    .argument('<file>', 'name of the document')
    .addHelpText('after', examples(['hub catalog dcat catalog.jsonld', 'for a harvester of another catalog']))
    .action((file: string) => exportDcat(context, file));
  catalog
    .command('late')
    .description('resources whose next dataset is overdue, by the cycle that they declare')
    .option('--provider <department>', 'only those of one department')
    .addHelpText('after', examples(['hub catalog late', 'one’s own, and those that one consumes']))
    .action(({ provider }: { readonly provider?: string }) =>
      printList(context, routes.listLateResources, { query: { provider } }, lateScreen),
    );
  catalog
    .command('categories')
    .description('the tree of categories that resources are put under')
    .action(() => printAnswer(context, routes.listCategories, {}, categoriesScreen));
  lifeCommands(catalog, context);
}

function sheetCommands(catalog: Command, context: Context): void {
  catalog
    .command('export')
    .description('write definitions into a workbook, in the layout of the national guide: one row for each field')
    .requiredOption('--xlsx <file>', 'name of the workbook')
    .option('--provider <department>', 'only those of one department')
    .option('--theme <theme>', 'only those of one theme')
    .option('--category <code>', 'only those under one category')
    .addHelpText('after', examples(['hub catalog export --xlsx catalog.xlsx --provider tax', 'all that tax provides']))
    .action((options: ExportOptions) => exportCatalog(context, options));
  catalog
    .command('import')
    .description('check the definitions of a workbook, cell by cell; publish them if that is asked for')
    .argument('<file>', 'the workbook')
    .option('--publish', 'publish them; nothing is published while a cell is wrong')
    .option('--accept-breaking', 'publish although consumers rely on what changes')
    .addHelpText('after', importExamples)
    .action((file: string, options: ImportOptions) => importCatalog(context, file, options));
}

const importExamples = `${examples(
  ['hub catalog import catalog.xlsx', 'every cell that is wrong, and why'],
  ['hub catalog import catalog.xlsx --publish', 'each resource as its next version'],
)}

Exit codes: 0 done · 1 the hub refused some of them · 4 cells are wrong
`;
