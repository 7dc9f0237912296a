import { basename, extname } from 'node:path';
import type { Judged } from '../../../../functions/records/index.ts';
import type { Encoding } from '../../../../schemas/contracts/uploads.ts';
import type { Language } from '../../../../schemas/words/language.ts';
import type { Typed } from '../command-line.ts';

/** What was done with a file, and what came of it: what the next command is made from. */
export interface Situation {
  readonly typed: Typed;
  readonly lang: Language;
  readonly judged: Judged;
  /** As the person named it; unknown where only the upload is looked at. */
  readonly file: string | undefined;
  readonly encoding: Encoding;
  /** What was typed of the file but its encoding: `--content changes`. */
  readonly said: readonly string[];
  /** In which the bytes make sense, where it is not the announced one. */
  readonly otherEncoding: Encoding | undefined;
  /** Options of `check` that name the definition: `--resource ID`, `--definition FILE`. */
  readonly against: readonly string[];
  /** What sends the mended records, where no file does. */
  readonly resend?: string | undefined;
  /** The file is a mended fix-file. */
  readonly mended: boolean;
  /** The upload that it mends, where that is known. */
  readonly fixes: string | undefined;
}

const encodingOf = ({ otherEncoding, encoding }: Situation): string[] => {
  const wanted = otherEncoding ?? encoding;
  return wanted === 'utf-8' ? [] : ['--encoding', wanted];
};

/** Checks a file here once more, as it was checked or sent. */
export const checking = (situation: Situation, file: string): string =>
  situation.typed(
    'check',
    file,
    ...situation.against,
    ...situation.said,
    ...encodingOf(situation),
    ...(situation.mended ? ['--mended'] : []),
  );

/** Makes a clean file of it. */
export const cleaningOf = ({ typed, against }: Situation, file: string): string =>
  typed('clean', file, ...against, '-o', beside(file, 'clean'));

/** Sends a file once more, as it was checked or sent. */
export const sending = (situation: Situation, file: string): string =>
  situation.typed(
    'upload',
    file,
    '--resource',
    situation.judged.resourceId,
    ...situation.said,
    ...encodingOf(situation),
    ...(situation.fixes ? ['--fixes', situation.fixes] : []),
  );

/**
 * `streets.csv` has its fix-file in `streets-fixes.csv`, in the working folder; a fix-file that leaves faults has its own
 * in `streets-fixes-2.csv`, so that what was mended is not overwritten.
 */
export function beside(file: string, what: string): string {
  const name = basename(file, extname(file));
  const [, stem, , number = '1'] = new RegExp(`^(.*)-${what}(-(\\d+))?$`).exec(name) ?? [];
  return stem === undefined ? `${name}-${what}.csv` : `${stem}-${what}-${Number(number) + 1}.csv`;
}
