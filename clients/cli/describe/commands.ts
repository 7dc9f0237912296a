import { Option, type Command } from 'commander';
import { EXPORT_FORMATS } from '../../../functions/records/index.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { whole } from '../terminal/option-values.ts';
import { typedLike } from '../upload/command-line.ts';
import { anyFile } from '../upload/file-words.ts';
import { withEntryOptions } from './entry-options.ts';
import { exportResource, type ExportOptions } from './export-command.ts';
import { importFile, type ImportOptions } from './import-command.ts';
import { infer, type InferCommandOptions } from './infer-command.ts';

/** `hub infer`, `hub import`, `hub export`: definitions from data and from other tools, and for them. */
export function describeCommands(program: Command, context: Context): void {
  inferCommand(program, context);
  importCommand(program, context);
  program
    .command('export')
    .description('a definition in a form that other tools read')
    .argument('<resource|file>', 'id of a resource, or a file with a definition (a name with a dot or a slash)')
    .addOption(new Option('--as <format>', 'which form').choices(EXPORT_FORMATS).makeOptionMandatory())
    .option('--version <n>', 'version of the resource (default: the newest)', whole(1, 999_999_999))
    .option('-o, --output <file>', 'write it there instead of to the screen')
    .addHelpText(
      'after',
      examples(
        ['hub export streets --as odcs -o streets.odcs.yaml', 'as an Open Data Contract (ODCS 3.1)'],
        ['hub export streets --as data-package', 'as a datapackage.json (Data Package v2)'],
        ['hub export ./streets.json --as table-schema', 'a file of this machine, without any hub'],
      ),
    )
    .action((source: string, options: ExportOptions) => exportResource(context, source, options));
}

function inferCommand(program: Command, context: Context): void {
  const command = program
    .command('infer')
    .description('propose a definition for a file of data: types, rules, key; the file itself passes it')
    .argument('<file>', anyFile({ csv: 'CSV (UTF-8 or GB18030) with a header row' }))
    .option('--rows <n>', 'look at so many records only; all are checked', whole(1, Number.MAX_SAFE_INTEGER))
    .option('--sheet <name>', 'of a workbook: the sheet with the records (default: the first that is shown)')
    .option('-o, --output <file>', 'write the definition there, for hub publish');
  withEntryOptions(command)
    .addHelpText('after', inferExamples)
    .action((file: string, options: InferCommandOptions) => infer(context, typedLike(program), file, options));
}

const inferExamples = `${examples(
  ['hub infer streets.csv', 'look at what would be proposed'],
  ['hub infer streets.csv -o streets.json --provider civil-affairs --share-type unconditional', 'write it'],
  ['hub check streets.csv --definition streets.json', 'the same file then passes'],
)}

Read what is proposed: a rule that this file happens to keep may not be one. Sensitivity is guessed from names of columns.
Titles, totals and remarks around the table are told, and left out; hub clean then makes a file of the table alone.
Exit codes: 0 the file passes · 4 some of its records are broken, whatever the definition, or it has to be cleaned
`;

function importCommand(program: Command, context: Context): void {
  const command = program
    .command('import')
    .description('a definition from a schema of another tool: Table Schema, Data Package, Open Data Contract')
    .argument('<file>', 'JSON or YAML; - reads standard input')
    .option('--resource <name>', 'which table, where the file describes several')
    .option('-o, --output <file>', 'write the definition there, for hub publish');
  withEntryOptions(command)
    .addHelpText(
      'after',
      examples(
        ['hub import datapackage.json --resource stocks', 'to the screen; remarks on standard error'],
        [
          'hub import orders.odcs.yaml -o orders.json --provider commerce --share-type unconditional',
          'ready to publish',
        ],
        [
          'hub import schema.json --provider tax --share-type unconditional --title X | hub publish - --id x',
          'in one go',
        ],
      ),
    )
    .action((file: string, options: ImportOptions) => importFile(context, typedLike(program), file, options));
}
