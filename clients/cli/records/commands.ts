import { Option, type Command } from 'commander';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { whole } from '../terminal/option-values.ts';
import { typedLike } from '../upload/command-line.ts';
import { postRecords, type PostOptions } from './post-command.ts';

/** `hub records post`: what changes record by record. */
export function recordsCommands(program: Command, context: Context): void {
  program
    .command('records')
    .description('single records of a resource with a primary key')
    .command('post')
    .description('post records as changes: new ones, new values of a key, or its end; a thousand a call')
    .argument('<resource>', 'id of the resource')
    .argument('<file>', 'NDJSON or a JSON array; - reads standard input')
    .option('--wait', 'wait for the verdict, and tell it')
    .option('--strict', 'with --wait: exit code 4 also when any record was rejected')
    .addOption(new Option('--records <n>', 'how many rejected records to show').argParser(whole(0, 100)).default(10))
    .addHelpText('after', postExamples)
    .action((resource: string, file: string, options: PostOptions) =>
      postRecords(context, typedLike(program), resource, file, options),
    );
}

const postExamples = `${examples(
  ['hub records post stations new.ndjson --wait', 'a file, one JSON object a line'],
  [`echo '{"code": "1101", "name": "景山"}' | hub records post stations -`, 'one record'],
  [`echo '{"_op": "delete", "code": "1102"}' | hub records post stations -`, 'one that is no more'],
)}

A record names fields of the resource; what is left out has no value. _op is upsert (as if left out) or delete.
What was posted before takes effect before. Posting the same again has the same result.
Exit codes: 0 posted (with --wait: accepted) · 1 refused before any check · with --wait: 4 refused · 5 held
`;
