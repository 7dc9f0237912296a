import { type Command, Option } from 'commander';
import { Content, Encoding, UploadContent, UploadFormat, UploadState } from '../../../schemas/contracts/uploads.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { whole } from '../terminal/option-values.ts';
import { check, type CheckOptions } from './checking/check-command.ts';
import { typedLike, type Typed } from './command-line.ts';
import { acceptUpload, type AcceptOptions, refuseUpload } from './decide-command.ts';
import { anyFile } from './file-words.ts';
import { upload, type UploadOptions } from './upload-command.ts';
import { listUploads, type ListOptions, showUpload, type ShowOptions } from './uploads-commands.ts';

/** Rejected records on a screen: more than these are read in the report. */
const MOST_RECORDS = 100;

/** What both `check` and `upload` have to know of a file. */
const withFileOptions = (command: Command, content: Option): Command =>
  command
    .addOption(content.default('snapshot'))
    .addOption(new Option('--format <format>', 'auto finds it out').choices(UploadFormat.options).default('auto'))
    .option('--sheet <name>', 'of a workbook: the sheet with the records (default: the first that is shown)')
    .addOption(
      new Option('--encoding <name>', 'what CSV or NDJSON is written in').choices(Encoding.options).default('utf-8'),
    );
const CONTENT = 'the whole resource, or edits by its primary key (column _op: upsert, delete)';
const records = () =>
  new Option('--records <n>', 'how many rejected records to show').argParser(whole(0, MOST_RECORDS)).default(10);
const strict = () => new Option('--strict', 'exit code 4 even if the file is accepted, when any record was rejected');

/** `hub check`, `hub upload`, `hub uploads`: a file on its way into the hub. */
export function uploadCommands(program: Command, context: Context): void {
  const typed = typedLike(program);
  checkCommand(program, context, typed);
  uploadCommand(program, context, typed);
  uploadsCommand(program, context, typed);
}

function checkCommand(program: Command, context: Context, typed: Typed): void {
  const command = program
    .command('check')
    .description('check a file by the hub’s own rules before it is sent: same verdict, same report')
    .argument('<file>', anyFile())
    .option('--resource <id>', 'what it is checked against: a resource of the hub')
    .option('--version <n>', 'its version (default: the newest)', whole(1, Number.MAX_SAFE_INTEGER))
    .option('--definition <file>', 'or a definition in a file: works without hub and network');
  withFileOptions(command, new Option('--content <content>', CONTENT).choices(Content.options))
    .option('--report <file>', 'write the rejection report there')
    .option('--fixes <file>', 'write the rejected records there, .csv or .xlsx, with a column that says what is wrong')
    .option('--mended', 'the file is a mended fix-file: its column “errors” is left out')
    .addOption(records())
    .addOption(strict())
    .addHelpText('after', checkExamples)
    .action((file: string, options: CheckOptions) => check(context, typed, file, options));
}

function uploadCommand(program: Command, context: Context, typed: Typed): void {
  const command = program
    .command('upload')
    .description('send a file, go on where it was interrupted, and tell the verdict')
    .argument('<file>', anyFile())
    .requiredOption('--resource <id>', 'the resource that it becomes the next dataset of');
  const more = `${CONTENT}; or attachments: a ZIP of the pictures that its records name`;
  withFileOptions(command, new Option('--content <content>', more).choices(UploadContent.options))
    .option('--name <name>', 'of attachments: the file is one picture of this name, and no ZIP')
    .option('--fixes <upload>', 'the file holds the mended records of that upload: they join its dataset')
    .option('--no-wait', 'leave when the file is sent')
    .option('--part-size <MiB>', 'send in parts of this size (default: from 64 MiB on)', whole(1, 5_120))
    .option(
      '--segment-size <MiB>',
      'cut CSV or NDJSON between records into segments of this size, which the hub checks side by side',
      whole(1, 5_000),
    )
    .addOption(records())
    .addOption(strict())
    .addHelpText('after', uploadExamples)
    .action((file: string, options: UploadOptions) => upload(context, typed, file, options));
}

function uploadsCommand(program: Command, context: Context, typed: Typed): void {
  const uploads = program
    .command('uploads')
    .description('own uploads, the newest first; one of them; a word on one that is held')
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
    .option('--fix-file <file>', 'download the rejected records, .csv or .xlsx, with a column that says what is wrong')
    .addOption(records())
    .action((uploadId: string, options: ShowOptions) => showUpload(context, typed, uploadId, options));
  decisionCommands(uploads, context, typed);
}

function decisionCommands(uploads: Command, context: Context, typed: Typed): void {
  uploads
    .command('accept')
    .description('say that a held upload is right: it is checked once more and put in force; cannot be taken back')
    .argument('<upload>', 'its id')
    .option('--reason <text>', 'why so many rows are right; it is kept')
    .option('--no-wait', 'leave without its verdict')
    .addOption(records())
    .addHelpText('after', acceptExamples)
    .action((uploadId: string, options: AcceptOptions) => acceptUpload(context, typed, uploadId, options));
  uploads
    .command('refuse')
    .description('end a held upload: what is in force stays; cannot be taken back')
    .argument('<upload>', 'its id')
    .requiredOption('--reason <text>', 'what is wrong with it; it is kept')
    .addHelpText('after', refuseExamples)
    .action((uploadId: string, options: { readonly reason: string }) =>
      refuseUpload(context, typed, uploadId, options),
    );
}

const checkExamples = `${examples(
  ['hub check streets.csv --resource streets', 'as the hub would check it'],
  ['hub check streets.csv --definition streets.json', 'without hub and network'],
  ['hub check streets.xlsx --resource streets --sheet 2026', 'a workbook; NDJSON and Parquet alike'],
  ['hub check streets.csv --resource streets --encoding gb18030', 'a file saved by Chinese Excel as CSV'],
  ['hub check streets.csv --resource streets --strict && ./send.sh', 'in a pipeline: only without any rejected record'],
)}

Exit codes: 0 the hub would accept the file · 4 it would not (with --strict: or some records were rejected)
            5 it would hold it, for its number of rows (known with --resource)
`;

const uploadExamples = `${examples(
  ['hub upload streets.csv --resource streets', 'send, wait, tell the verdict'],
  ['hub upload edits.ndjson --resource streets --content changes', 'only what has changed'],
  ['hub upload photos.zip --resource population --content attachments', 'pictures, named as the records name them'],
  ['hub upload streets-fixes.csv --resource streets --fixes UPLOAD', 'send the mended records of an upload'],
  ['hub upload streets.csv --resource streets --no-wait --json', 'send and leave; uploads show tells the verdict'],
)}

Interrupted? Type the same command again: parts that have arrived are not sent again.
Exit codes: 0 accepted · 4 refused (with --strict: or some records were rejected) · 5 held: hub uploads accept or refuse
`;

const uploadsExamples = examples(
  ['hub uploads --resource streets', 'what was sent, and what became of it'],
  ['hub uploads show UPLOAD', 'the verdict once more'],
  ['hub uploads --state held', 'what waits for your word'],
  ['hub uploads show UPLOAD --fix-file mend.xlsx', 'the rejected records, to be mended'],
);

const acceptExamples = `${examples(
  ['hub uploads show UPLOAD', 'first: why it is held'],
  ['hub uploads accept UPLOAD', 'put it in force'],
  ["hub uploads accept UPLOAD --reason 'two districts were merged'", 'and say why'],
)}

Exit codes: 0 accepted · 4 refused, such as by a newer upload that is in force meanwhile
`;

const refuseExamples = examples([
  "hub uploads refuse UPLOAD --reason 'half of the districts are missing'",
  'then upload the right file',
]);
