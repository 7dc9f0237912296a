import { basename, extname } from 'node:path';
import { explainNoTable, inferDefinition, type Inference } from '../../../functions/records/index.ts';
import type { Language, Words } from '../../../schemas/words/language.ts';
import { either } from '../../words/speech.ts';
import type { Context } from '../terminal/context.ts';
import { exit, Failure } from '../terminal/failure.ts';
import { metered } from '../terminal/metered.ts';
import type { Typed } from '../upload/command-line.ts';
import { mustBeReadable, mustNotOverwrite } from '../upload/files.ts';
import { stopped } from '../upload/sending/interrupted.ts';
import { asJson, writeText } from './definition-output.ts';
import { entryOf, type EntryOptions, wordsOf } from './entry-options.ts';
import { inTable } from './in-table.ts';
import { proposalScreen } from './proposal-screen.ts';
import { isBroken } from './remarks.ts';

type Refused = Parameters<typeof explainNoTable>[0];

export interface InferCommandOptions extends EntryOptions {
  readonly rows?: number;
  readonly sheet?: string;
  readonly output?: string;
}

/** `hub infer`: a definition that a file passes, with what each part of it rests on. */
export async function infer(context: Context, typed: Typed, file: string, options: InferCommandOptions): Promise<void> {
  const { output } = options;
  const bytes = await mustBeReadable(file);
  mustNotOverwrite(file, [output]);
  const entry = { title: basename(file, extname(file)), ...entryOf(options) };
  const { found, cleaning, isMessy } = await inferred(context, file, bytes, { ...options, entry });
  if (output !== undefined) await writeText(output, asJson(found.definition));
  if (isBroken(found) || found.residue.length > 0 || isMessy) context.leaveWith(exit.verdict);
  const data = {
    ...found,
    ...(cleaning.length > 0 && { cleaning, isMessy }),
    ...(output !== undefined && { written: output }),
  };
  context.print(data, (shown, look) =>
    proposalScreen(
      { found: shown, cleaning: shown.cleaning ?? [], isMessy, file, output, typed, again: againOf(file, options) },
      look,
    ),
  );
}

const againOf = (file: string, { rows, sheet, ...options }: InferCommandOptions): string[] => [
  'infer',
  file,
  ...(rows === undefined ? [] : ['--rows', String(rows)]),
  ...(sheet === undefined ? [] : ['--sheet', sheet]),
  ...wordsOf(options),
];

const PASSES = {
  en: { encoding: 'Finding the encoding of', look: 'Looking at', check: 'Checking' },
  zh: { encoding: '识别编码', look: '分析', check: '核对' },
} as const;

/** What was found, and what of the file is no part of its table. */
interface Found {
  readonly found: Inference;
  /** Not as the file says it where its table was read without what is around. */
  readonly cleaning: readonly Words[];
  readonly isMessy: boolean;
}

async function inferred(
  context: Context,
  file: string,
  bytes: number,
  options: InferCommandOptions & { readonly entry: ReturnType<typeof entryOf> },
): Promise<Found> {
  const progress = context.progress(basename(file), bytes);
  const { rows, sheet, entry } = options;
  try {
    const open = () => metered(file, context.stopping, (done) => progress.update(done));
    const onPass = (pass: keyof typeof PASSES.en) =>
      progress.retitle(`${PASSES[context.lang][pass]} ${basename(file)}`);
    const table = await inTable(open, { rows, sheet, entry, onPass });
    if ('refused' in table && isNoTable(table)) throw noTable(file, table, context.lang);
    const outcome =
      'refused' in table
        ? { found: await inferDefinition(open, { rows, sheet, entry, onPass }), cleaning: [], isMessy: false }
        : table;
    if ('refusal' in outcome.found) throw unusable(file, outcome.found);
    return { ...outcome, found: outcome.found };
  } catch (fault) {
    throw stopped(fault, context, 'Stopped before the whole file was read; nothing was written.');
  } finally {
    progress.end();
  }
}

/** What else is no table is told by whoever infers. */
const isNoTable = ({ refused }: Refused): boolean =>
  ['password', 'old-workbook', 'web-page', 'xml-table', 'no-such-sheet'].includes(refused);

const noTable = (file: string, refused: Refused, lang: Language): Failure => {
  const { says, todo } = explainNoTable(refused);
  return new Failure({
    what: either({ lang }, `Nothing can be inferred from ${file}.`, `无法从 ${file} 推断定义。`),
    why: `${says[lang]}${lang === 'zh' ? '。' : '.'}`,
    next: [`${todo[lang]}${lang === 'zh' ? '。' : '.'}`],
    code: refused.refused,
  });
};

const unusable = (file: string, { refusal, detail }: { refusal: string; detail: string }): Failure =>
  new Failure({
    what: `Nothing can be inferred from ${file}.`,
    why: `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`,
    next: ['Mend the file and run the same command again: a header row, commas between cells, UTF-8 or GB18030.'],
    code: refusal,
  });
