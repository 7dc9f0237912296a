import { type Command, Option } from 'commander';
import { Encoding, UploadState } from '../../../schemas/contracts/uploads.ts';
import type { Context } from '../context.ts';
import { examples } from '../help.ts';
import { whole } from '../whole-number.ts';
import { check, type CheckOptions } from './check-command.ts';
import { typedLike } from './command-line.ts';
import { upload, type UploadOptions } from './upload-command.ts';
import { listUploads, type ListOptions, showUpload, type ShowOptions } from './uploads-commands.ts';

/** Rejected records on a screen: more than these are read in the report. */
const MOST_RECORDS = 100;

const encoding = () =>
  new Option('--encoding <name>', 'what the file is written in').choices(Encoding.options).default('utf-8');
const records = () =>
  new Option('--records <n>', 'how many rejected records to show').argParser(whole(0, MOST_RECORDS)).default(10);
const strict = () => new Option('--strict', 'exit code 4 even if the file is accepted, when any record was rejected');

/** `hub check`, `hub upload`, `hub uploads`: a file on its way into the hub. */
export function uploadCommands(program: Command, context: Context): void {
  const typed = typedLike(program);
  program
    .command('check')
    .description('check a file by the hub’s own rules before it is sent: same verdict, same report')
    .argument('<file>', 'CSV with a header row')
    .option('--resource <id>', 'what it is checked against: a resource of the hub')
    .option('--version <n>', 'its version (default: the newest)', whole(1, Number.MAX_SAFE_INTEGER))
    .option('--definition <file>', 'or a definition in a file: works without hub and network')
    .addOption(encoding())
    .option('--report <file>', 'write the rejection report there')
    .option('--fixes <file>', 'write the rejected records there, with a column that says what is wrong')
    .option('--mended', 'the file is a mended fix-file: its column “errors” is left out')
    .addOption(records())
    .addOption(strict())
    .addHelpText('after', checkExamples)
    .action((file: string, options: CheckOptions) => check(context, typed, file, options));
  program
    .command('upload')
    .description('send a file, go on where it was interrupted, and tell the verdict')
    .argument('<file>', 'CSV with a header row')
    .requiredOption('--resource <id>', 'the resource that it becomes the next dataset of')
    .addOption(encoding())
    .option('--fixes <upload>', 'the file holds the mended records of that upload: they join its dataset')
    .option('--no-wait', 'leave when the file is sent')
    .option('--part-size <MiB>', 'send in parts of this size (default: from 64 MiB on)', whole(1, 5_120))
    .addOption(records())
    .addOption(strict())
    .addHelpText('after', uploadExamples)
    .action((file: string, options: UploadOptions) => upload(context, typed, file, options));
  const uploads = program
    .command('uploads')
    .description('own uploads, the newest first')
    .option('--resource <id>', 'only those of one resource')
    .addOption(new Option('--state <state>', 'only those in one state').choices(UploadState.options))
    .option('--limit <n>', 'how many', whole(1, 10_000), 20)
    .addHelpText('after', uploadsExamples)
    .action((options: ListOptions) => listUploads(context, options));
  uploads
    .command('show')
    .description('the verdict on an upload; its report and fix-file')
    .argument('<upload>', 'its id')
    .option('--report <file>', 'download the rejection report: line, column, field, rule, value')
    .option('--fix-file <file>', 'download the rejected records, with a column that says what is wrong')
    .addOption(records())
    .action((uploadId: string, options: ShowOptions) => showUpload(context, typed, uploadId, options));
}

const checkExamples = `${examples(
  ['hub check streets.csv --resource streets', 'as the hub would check it'],
  ['hub check streets.csv --definition streets.json', 'without hub and network'],
  ['hub check streets.csv --resource streets --encoding gb18030', 'a file saved by Chinese Excel as CSV'],
  ['hub check streets.csv --resource streets --strict && ./send.sh', 'in a pipeline: only without any rejected record'],
)}

Exit codes: 0 the hub would accept the file · 4 it would not (with --strict: or some records were rejected)
`;

const uploadExamples = `${examples(
  ['hub upload streets.csv --resource streets', 'send, wait, tell the verdict'],
  ['hub upload streets-fixes.csv --resource streets --fixes UPLOAD', 'send the mended records of an upload'],
  ['hub upload streets.csv --resource streets --no-wait --json', 'send and leave; uploads show tells the verdict'],
)}

Interrupted? Type the same command again: parts that have arrived are not sent again.
Exit codes: 0 accepted · 4 refused (with --strict: or some records were rejected)
`;

const uploadsExamples = examples(
  ['hub uploads --resource streets', 'what was sent, and what became of it'],
  ['hub uploads show UPLOAD', 'the verdict once more'],
  ['hub uploads show UPLOAD --fix-file mend.csv', 'the rejected records, to be mended'],
);
