import { importDefinition, isRefusal, type ImportRefusal, type Described } from '../../../functions/records/index.ts';
import { either, word } from '../../words/speech.ts';
import type { Context } from '../terminal/context.ts';
import { exit, Failure } from '../terminal/failure.ts';
import { contentOf } from '../terminal/json-file.ts';
import { green } from '../terminal/look.ts';
import { shown } from '../terminal/printable.ts';
import type { Typed } from '../upload/command-line.ts';
import { mustNotOverwrite } from '../upload/files.ts';
import { asJson, writeText } from './definition-output.ts';
import { entryOf, type EntryOptions, wordsOf } from './entry-options.ts';
import { isBroken, lackingOptions, notesSection, problemsSection } from './remarks.ts';

export interface ImportOptions extends EntryOptions {
  readonly resource?: string;
  readonly output?: string;
}

/** `hub import`: a foreign schema as a definition; to a file with remarks on the screen, or to standard output without. */
export async function importFile(context: Context, typed: Typed, file: string, options: ImportOptions): Promise<void> {
  const { output, resource } = options;
  mustNotOverwrite(file, [output]);
  const outcome = importDefinition(await contentOf(file), { table: resource, entry: entryOf(options) });
  if (isRefusal(outcome)) throw refused(typed, file, outcome);
  if (output !== undefined) await writeText(output, asJson(outcome.definition));
  if (isBroken(outcome)) context.leaveWith(exit.refused);
  if (output === undefined && !context.json) {
    const remarks = remarksOf(outcome, context);
    if (remarks !== '') context.say(remarks);
    return context.document(outcome.definition);
  }
  const document = { ...outcome, ...(output !== undefined && { written: output }) };
  context.print(document, () =>
    [written(context, output ?? '', outcome), remarksOf(outcome, context), next(context, typed, file, options, outcome)]
      .filter(Boolean)
      .join('\n\n'),
  );
}

function remarksOf(outcome: Described, { look }: Context): string {
  const described = shown(outcome);
  return [notesSection(described, look), problemsSection(described, look)].filter(Boolean).join('\n\n');
}

function written({ look }: Context, output: string, { definition }: Described): string {
  const fields = definition.schema.fields.length;
  return green(
    either(
      look,
      `${output} holds a definition with ${fields} fields.`,
      `${output} 已写入定义，共 ${fields} 个信息项。`,
    ),
    look,
  );
}

function next(
  { look }: Context,
  typed: Typed,
  file: string,
  { resource, output = '', ...options }: ImportOptions,
  outcome: Described,
): string {
  const label = word('next', look);
  if (outcome.problems.length === 0) return `${label}  ${typed('publish', output)}`;
  if (isBroken(outcome)) return `${label}  ${either(look, `mend ${output}`, `修改 ${output}`)}`;
  const table = resource === undefined ? [] : ['--resource', resource];
  const again = typed('import', file, ...table, ...wordsOf(options), '-o', output);
  return `${label}  ${again} ${lackingOptions(outcome)}`;
}

const MOST_CHOICES = 20;

function refused(typed: Typed, file: string, { refusal, detail, choices = [] }: ImportRefusal): Failure {
  const [first = 'NAME'] = choices;
  const named = choices.slice(0, MOST_CHOICES).join(', ');
  return new Failure({
    what: `${file} cannot be imported.`,
    why: `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`,
    next:
      choices.length > 0
        ? [
            `Choose one: ${named}${choices.length > MOST_CHOICES ? ` and ${choices.length - MOST_CHOICES} more` : ''}.`,
            typed('import', file, '--resource', first),
          ]
        : [
            'Table Schema, datapackage.json and ODCS 3 are understood; hub infer makes a definition from a file of data.',
          ],
    code: refusal,
  });
}
