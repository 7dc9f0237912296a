import { copyFile, rename } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  type Answers,
  askInWords,
  changesNothing,
  diagnose,
  type Diagnosis,
  explainNoTable,
  isUnchanged,
  type MessyFile,
  type Question,
  verdictOf,
  withMessyFile,
} from '../../../functions/records/index.ts';
import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Language } from '../../../schemas/words/language.ts';
import { either, say } from '../../words/speech.ts';
import type { Context } from '../terminal/context.ts';
import { Failure } from '../terminal/failure.ts';
import { metered } from '../terminal/metered.ts';
import { againstWhat } from '../upload/checking/check-against.ts';
import { FileSink, nowhere } from '../upload/checking/sinks.ts';
import type { Typed } from '../upload/command-line.ts';
import { mustBeReadable, mustNotOverwrite } from '../upload/files.ts';
import { mustBeCalled } from '../upload/saved-files.ts';
import { stopped } from '../upload/sending/interrupted.ts';
import { exitOf } from '../upload/verdict/verdict-exit.ts';
import { answersOf } from './answers.ts';
import { cleanDocument } from './clean-document.ts';
import { cleanScreen } from './clean-screen.ts';
import { type Cleaned, cleanedFile } from './cleaned-file.ts';

export interface CleanOptions {
  readonly resource?: string;
  readonly version?: number;
  readonly definition?: string;
  readonly sheet?: string;
  readonly answer?: readonly string[];
  readonly output?: string;
  readonly changes: number;
}

/** `hub clean`: a table as people keep it becomes a file that the hub takes; what the file does not decide is asked. */
export async function clean(context: Context, typed: Typed, file: string, options: CleanOptions): Promise<void> {
  const { lang } = context;
  const { output, sheet, answer = [] } = options;
  const bytes = await mustBeReadable(file);
  mustNotOverwrite(file, [output, options.definition]);
  mustBeCalled(output, ['.csv'], lang);
  const against = await againstWhat(context, options);
  const { schema, tolerance } = against.definition;
  const answers = answersOf([...(sheet === undefined ? [] : [`sheet=${sheet}`]), ...answer], schema, lang);
  const again = ['clean', file, ...against.options];
  const sink = output === undefined ? undefined : new FileSink(output);
  try {
    const cleaned = await read(context, file, bytes, async (messy) => {
      const decided = await decide(context, messy, schema, answers, { again, typed });
      return cleanedFile(messy, decided, { schema, changes: options.changes, sink: sink ?? nowhere });
    });
    const written = await finished(file, sink, cleaned);
    const judged = { ...verdictOf(cleaned.checked, { resourceId: against.resourceId, tolerance }), trial: true };
    const shown = {
      cleaned,
      judged,
      schema,
      file,
      written,
      isRight: changesNothing(cleaned.diagnosis, cleaned.applied),
    };
    if (context.json) context.document(cleanDocument(shown));
    else
      context.print(shown, (_, look) =>
        cleanScreen({ ...shown, typed, again: [...again, ...repeated(options)], against }, look),
      );
    context.leaveWith(exitOf(judged));
  } catch (fault) {
    await sink?.discard();
    throw fault;
  }
}

const repeated = ({ sheet, answer = [] }: CleanOptions): string[] => [
  ...(sheet === undefined ? [] : ['--sheet', sheet]),
  ...answer.flatMap((each) => ['--answer', each]),
];

async function read(
  context: Context,
  file: string,
  bytes: number,
  work: (messy: MessyFile) => Promise<Cleaned>,
): Promise<Cleaned> {
  const { lang } = context;
  const progress = context.progress(`${either({ lang }, 'looking at', '分析')} ${basename(file)}`, bytes);
  try {
    const open = () => metered(file, context.stopping, (done) => progress.update(done));
    const found = await withMessyFile(open, work);
    if ('refused' in found) throw unusable(file, found, lang);
    return found;
  } catch (fault) {
    throw stopped(fault, context, either({ lang }, 'Stopped; nothing was written.', '已停止，没有写出文件。'));
  } finally {
    progress.end();
  }
}

function unusable(file: string, refused: Parameters<typeof explainNoTable>[0], lang: Language): Failure {
  const { says, todo } = explainNoTable(refused);
  return new Failure({
    what: either({ lang }, `${file} cannot be cleaned.`, `${file} 无法整理。`),
    why: sentence(say(says, { lang }), lang),
    next: [sentence(say(todo, { lang }), lang)],
    code: refused.refused,
  });
}

const sentence = (text: string, lang: Language): string =>
  lang === 'zh' ? `${text}。` : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

interface Asking {
  readonly again: readonly string[];
  readonly typed: Typed;
}

/** Diagnoses until nothing is open; a terminal is asked, anything else is told how to answer. */
async function decide(
  context: Context,
  messy: MessyFile,
  schema: TableSchema,
  given: Answers,
  asking: Asking,
): Promise<Diagnosis> {
  const answers = new Map(given);
  for (;;) {
    const found = await diagnose(messy, schema, answers);
    if ('refused' in found) throw unusable(basename(asking.again[1] ?? ''), found, context.lang);
    if (!('questions' in found)) return found;
    for (const question of found.questions) {
      const answer = await context.ask({ text: say(askInWords(question), context), options: question.options });
      if (answer === undefined) throw unanswered(found.questions, answers, asking, context.lang);
      answers.set(question.name, answer);
    }
  }
}

function unanswered(
  questions: readonly Question[],
  answers: Answers,
  { again, typed }: Asking,
  lang: Language,
): Failure {
  const known = [...answers].flatMap(([name, value]) => ['--answer', `${name}=${value}`]);
  const open = questions.flatMap(({ name, options }) => ['--answer', `${name}=${options[0] ?? ''}`]);
  return new Failure({
    what: either({ lang }, 'The file does not say all that has to be known.', '有些内容无法由文件本身确定。'),
    why: questions.map((question) => say(askInWords(question), { lang })).join(' '),
    next: [
      ...questions.map(({ name, options }) => `--answer ${name}=${options.join(' | ')}`),
      typed(...again, ...known, ...open),
    ],
    code: 'unanswered',
  });
}

/** A file that is right stays as it is, byte for byte. */
async function finished(
  file: string,
  sink: FileSink | undefined,
  { diagnosis, applied }: Cleaned,
): Promise<string | undefined> {
  if (!sink) return undefined;
  if (!isUnchanged(diagnosis, applied)) return sink.finish(true);
  await sink.discard();
  const part = `${sink.path}.part`;
  await copyFile(file, part);
  await rename(part, sink.path);
  return sink.path;
}
