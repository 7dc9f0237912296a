import { createReadStream } from 'node:fs';
import { basename, extname } from 'node:path';
import { inferDefinition, type Inference } from '../../../functions/records/index.ts';
import type { Context } from '../terminal/context.ts';
import { exit, Failure } from '../terminal/failure.ts';
import type { Typed } from '../upload/command-line.ts';
import { mustBeReadable, mustNotOverwrite } from '../upload/files.ts';
import { stopped } from '../upload/sending/interrupted.ts';
import { asJson, writeText } from './definition-output.ts';
import { entryOf, type EntryOptions, wordsOf } from './entry-options.ts';
import { proposalScreen } from './proposal-screen.ts';
import { isBroken } from './remarks.ts';

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
  const found = await inferred(context, file, bytes, { ...options, entry });
  if (output !== undefined) await writeText(output, asJson(found.definition));
  if (isBroken(found) || found.residue.length > 0) context.leaveWith(exit.verdict);
  context.print({ ...found, ...(output !== undefined && { written: output }) }, (shown, look) =>
    proposalScreen({ found: shown, file, output, typed, again: againOf(file, options) }, look),
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

async function inferred(
  context: Context,
  file: string,
  bytes: number,
  options: InferCommandOptions & { readonly entry: ReturnType<typeof entryOf> },
): Promise<Inference> {
  const progress = context.progress(basename(file), bytes);
  const { rows, sheet, entry } = options;
  try {
    const found = await inferDefinition(() => metered(file, context.stopping, (done) => progress.update(done)), {
      rows,
      sheet,
      entry,
      onPass: (pass) => progress.retitle(`${PASSES[context.lang][pass]} ${basename(file)}`),
    });
    if ('refusal' in found) throw unusable(file, found);
    return found;
  } catch (fault) {
    throw stopped(fault, context, 'Stopped before the whole file was read; nothing was written.');
  } finally {
    progress.end();
  }
}

async function* metered(
  file: string,
  signal: AbortSignal,
  onBytes: (done: number) => void,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 ** 2, signal })) {
    done += (chunk as Uint8Array).length;
    onBytes(done);
    yield chunk as Uint8Array;
  }
}

const unusable = (file: string, { refusal, detail }: { refusal: string; detail: string }): Failure =>
  new Failure({
    what: `Nothing can be inferred from ${file}.`,
    why: `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`,
    next: ['Mend the file and run the same command again: a header row, commas between cells, UTF-8 or GB18030.'],
    code: refusal,
  });
