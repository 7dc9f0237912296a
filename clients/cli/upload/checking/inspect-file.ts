import { checkRecords, type CheckResult } from '../../../../functions/records/index.ts';
import type { TableSchema } from '../../../../schemas/contracts/definition.ts';
import type { Language } from '../../../../schemas/words/language.ts';
import { metered } from '../../terminal/metered.ts';
import { convert, isWorkbookName, saveFixWorkbook, saveReport } from '../saved-files.ts';
import type { FileKind } from './file-kind.ts';
import { firstRecords, type RejectedRecord } from '../verdict/report-head.ts';
import { FileSink, HeadSink, nowhere } from './sinks.ts';

export interface Inspection {
  readonly result: CheckResult;
  readonly records: readonly RejectedRecord[];
  /** Where the report and the fix-file are, if they were asked for and there is something in them. */
  readonly report: string | undefined;
  readonly fixFile: string | undefined;
}

export interface InspectOptions {
  readonly schema: TableSchema;
  readonly kind: FileKind;
  /** A mended fix-file: its column `errors` is left out. */
  readonly mended: boolean;
  readonly reportTo: string | undefined;
  readonly fixFileTo: string | undefined;
  /** Of whoever reads the fix-file, as a workbook. */
  readonly language: Language;
  /** How many rejected records to hand back. */
  readonly records: number;
  readonly onBytes: (done: number) => void;
  readonly signal: AbortSignal;
}

/** Room for the first records of the report, whatever length their values have. */
const HEAD_BYTES = 1024 ** 2;

/** Checks a file on this machine with the hub's own engine, in constant memory. */
export async function inspectFile(file: string, options: InspectOptions): Promise<Inspection> {
  const { schema, kind, mended, reportTo, fixFileTo } = options;
  const { content, format, sheet, encoding } = kind;
  // What the engine writes is what the hub has; people get it as their programs open it.
  const report = reportTo === undefined ? undefined : new FileSink(`${reportTo}.hub`);
  const fixes =
    fixFileTo === undefined ? undefined : new FileSink(isWorkbookName(fixFileTo) ? `${fixFileTo}.hub` : fixFileTo);
  const head = new HeadSink(HEAD_BYTES, report ?? nowhere);
  try {
    const input = metered(file, options.signal, options.onBytes);
    const settings = { schema, format, sheet, encoding, changes: content === 'changes', fixes: mended };
    const result = await checkRecords(input, settings, { accepted: nowhere, report: head, ...(fixes && { fixes }) });
    const checked = result.verdict === 'checked' ? result : undefined;
    return {
      result,
      records: checked ? await firstRecords(head.head(), options.records) : [],
      report: await reported(await report?.finish((checked?.reported ?? 0) > 0), reportTo),
      fixFile: await fixable(await fixes?.finish((checked?.fixable ?? 0) > 0), options),
    };
  } catch (fault) {
    await Promise.all([report?.discard(), fixes?.discard()]);
    throw fault;
  }
}

async function reported(made: string | undefined, to = ''): Promise<string | undefined> {
  if (made === undefined) return undefined;
  await convert(made, (report) => saveReport(report, to));
  return to;
}

async function fixable(
  made: string | undefined,
  { fixFileTo, schema, language }: InspectOptions,
): Promise<string | undefined> {
  if (made === undefined || fixFileTo === undefined || !isWorkbookName(fixFileTo)) return made;
  await convert(made, (fixFile) => saveFixWorkbook(fixFile, fixFileTo, { schema, language }));
  return fixFileTo;
}
