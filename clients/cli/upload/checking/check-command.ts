import { basename } from 'node:path';
import { UPLOADS } from '../../../../functions/records/formats/natures.ts';
import { type Judged, verdictOf } from '../../../../functions/records/index.ts';
import type { ResourceDefinition } from '../../../../schemas/contracts/definition.ts';
import type { Content, Encoding, UploadFormat } from '../../../../schemas/contracts/uploads.ts';
import { texts } from '../../../words/verdict.ts';
import { whatCleanSays } from '../../clean/look-through.ts';
import type { Context } from '../../terminal/context.ts';
import { againstWhat, type Against } from './check-against.ts';
import type { Typed } from '../command-line.ts';
import { kindOf, wordsOf, type FileKind } from './file-kind.ts';
import { mustBeReadable, mustNotOverwrite } from '../files.ts';
import { inspectFile, type Inspection } from './inspect-file.ts';
import { mustBeCalled } from '../saved-files.ts';
import { stopped } from '../sending/interrupted.ts';
import { actsAfterCheck, withCleaning } from '../verdict/next-acts.ts';
import { otherEncoding } from './other-encoding.ts';
import { exitOf } from '../verdict/verdict-exit.ts';
import { verdictScreen } from '../verdict/verdict-screen.ts';
import type { VerdictView } from '../verdict/verdict-view.ts';

export interface CheckOptions {
  readonly resource?: string;
  readonly version?: number;
  readonly definition?: string;
  readonly content: Content;
  readonly format: UploadFormat;
  readonly sheet?: string;
  readonly encoding: Encoding;
  readonly mended?: boolean;
  readonly report?: string;
  readonly fixes?: string;
  readonly strict?: boolean;
  readonly records: number;
}

/** `hub check`: the hub's verdict on a file before it is sent, by the hub's own engine on this machine. */
export async function check(context: Context, typed: Typed, file: string, options: CheckOptions): Promise<void> {
  const bytes = await mustBeReadable(file);
  mustNotOverwrite(file, [options.report, options.fixes, options.definition]);
  mustBeCalled(options.report, ['.csv'], context.lang);
  mustBeCalled(options.fixes, ['.csv', '.xlsx'], context.lang);
  const { content, format, sheet, encoding } = options;
  const typedKind = { content, format, sheet, encoding };
  const kind = await kindOf(file, { ...typedKind, mended: options.mended === true });
  const against = await againstWhat(context, options);
  const inspection = await inspected(context, file, bytes, against.definition, { ...options, kind });
  const {
    resourceId,
    definition: { tolerance, schema },
  } = against;
  const verdict = { ...verdictOf(inspection.result, { resourceId, tolerance }), content, trial: true };
  const judged = await heldIf(verdict, isWhole(kind, options) ? against.hold : undefined);
  const other =
    judged.state === 'refused' && UPLOADS[kind.format].isText ? await otherEncoding(file, encoding) : undefined;
  const { records, report, fixFile } = inspection;
  const cleaning =
    options.mended === true ? [] : await whatCleanSays({ file, bytes, kind, schema, signal: context.stopping });
  const situation = {
    typed,
    judged,
    file,
    lang: context.lang,
    encoding,
    said: wordsOf(typedKind),
    otherEncoding: other,
    against: against.options,
    mended: options.mended === true,
    fixes: undefined,
  };
  const view: VerdictView = {
    judged,
    schema,
    hasColumns: UPLOADS[kind.format].hasColumns,
    records,
    report,
    fixFile,
    cleaning,
    acts: withCleaning(actsAfterCheck(situation, report), cleaning, situation),
  };
  if (context.json)
    context.document({ ...checkDocument(inspection, kind, judged), ...(cleaning.length > 0 && { cleaning }) });
  else context.print(view, verdictScreen);
  context.leaveWith(exitOf(judged, options.strict));
}

const isWhole = ({ content }: FileKind, { mended }: CheckOptions): boolean => content === 'snapshot' && mended !== true;

/** Good records, but many more or fewer than there are: the hub would ask. */
async function heldIf(judged: Judged, hold: Against['hold'] | undefined): Promise<Judged> {
  const held = judged.state === 'accepted' && judged.rows ? await hold?.(judged.rows.accepted) : undefined;
  return held ? { ...judged, state: 'held', held } : judged;
}

/** Named as in the hub's own `Upload`. */
function checkDocument(
  { result, report, fixFile }: Inspection,
  { content, format }: FileKind,
  { state, rows, violations, refusal, held, resourceId }: Judged,
): object {
  return {
    state,
    resourceId,
    content,
    format,
    rows,
    violations,
    refusal,
    held,
    ...(result.verdict === 'checked' && {
      violationsTotal: result.violationsTotal,
      reported: result.reported,
      bytes: result.input.bytes,
      sha256: result.input.sha256,
    }),
    report,
    fixFile,
  };
}

async function inspected(
  context: Context,
  file: string,
  bytes: number,
  { schema }: ResourceDefinition,
  options: CheckOptions & { readonly kind: FileKind },
): Promise<Inspection> {
  const progress = context.progress(`${texts(context.lang).checking} ${basename(file)}`, bytes);
  try {
    return await inspectFile(file, {
      schema,
      kind: options.kind,
      mended: options.mended === true,
      reportTo: options.report,
      fixFileTo: options.fixes,
      language: context.lang,
      records: options.records,
      onBytes: (done) => progress.update(done),
      signal: context.stopping,
    });
  } catch (fault) {
    throw stopped(fault, context, 'Stopped before the whole file was checked; no report was written.');
  } finally {
    progress.end();
  }
}
