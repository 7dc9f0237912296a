import type { Command } from 'commander';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { several, whole } from '../terminal/option-values.ts';
import { typedLike } from '../upload/command-line.ts';
import { clean, type CleanOptions } from './clean-command.ts';

/** Changes on a screen: more than these are counted. */
const MOST_CHANGES = 10_000;

/** `hub clean`: a table as people keep it becomes a file that the hub takes. */
export function cleanCommand(program: Command, context: Context): void {
  program
    .command('clean')
    .description(
      'make of a table as people keep it a file that the hub takes; shows each change, and changes nothing that is right',
    )
    .argument('<file>', 'CSV or text with any delimiter (UTF-8, GB18030, UTF-16), or XLSX')
    .option('--resource <id>', 'what it is to become: a resource of the hub')
    .option('--version <n>', 'its version (default: the newest)', whole(1, Number.MAX_SAFE_INTEGER))
    .option('--definition <file>', 'or a definition in a file: works without hub and network')
    .option(
      '--sheet <name>',
      'of a workbook: the sheet with the records (default: the one that looks like the resource)',
    )
    .option('--answer <name=value>', 'decides what the file does not; may be given several times', several)
    .option('--changes <n>', 'how many changes to show cell by cell', whole(0, MOST_CHANGES), 10)
    .option('-o, --output <file>', 'write the clean file there, as CSV in UTF-8 (default: only show)')
    .addHelpText('after', cleanExamples)
    .action((file: string, options: CleanOptions) => clean(context, typedLike(program), file, options));
}

const cleanExamples = `${examples(
  ['hub clean register.xlsx --resource legal-entities', 'show what would be changed, write nothing'],
  ['hub clean register.xlsx --resource legal-entities -o clean.csv', 'and write it'],
  ['hub clean register.csv --definition legal-entities.json -o clean.csv', 'without hub and network'],
  ['hub clean r.xlsx --resource x -o c.csv --answer dates.approved_on=day-first', 'decide what the file does not'],
)}

Found by itself: title rows, sheets, delimiter, encoding, columns by title or a name that means the same, totals and remarks,
dates, thousands separators, lost zeros, full-width digits. What only you can know is asked, in a terminal or with --answer.
Exit codes: 0 the hub would accept the result · 4 it would not
`;
