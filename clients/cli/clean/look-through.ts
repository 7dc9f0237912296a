import { createReadStream } from 'node:fs';
import {
  askInWords,
  changesNothing,
  changesSay,
  columnsSay,
  diagnose,
  explainNoTable,
  layoutSays,
  rowsSay,
  withMessyFile,
} from '../../../functions/records/index.ts';
import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Words } from '../../../schemas/words/language.ts';
import { nowhere } from '../upload/checking/sinks.ts';
import type { FileKind } from '../upload/checking/file-kind.ts';
import { cleanedFile } from './cleaned-file.ts';

/** Larger files are looked through by `hub clean` alone: it takes as long as the check, twice. */
const MOST_BYTES = 32 * 1024 ** 2;

export interface LookedAt {
  readonly file: string;
  readonly bytes: number;
  readonly kind: FileKind;
  readonly schema: TableSchema;
  readonly signal: AbortSignal;
}

/** What `hub clean` would say of a file that is checked or sent; nothing of one that is right. */
export async function whatCleanSays({ file, bytes, kind, schema, signal }: LookedAt): Promise<Words[]> {
  if (kind.content !== 'snapshot' || kind.format === 'ndjson' || kind.format === 'parquet' || bytes > MOST_BYTES)
    return [];
  const answers = new Map(kind.sheet === undefined ? [] : [['sheet', kind.sheet]]);
  const open = () => createReadStream(file, { signal });
  const found = await withMessyFile<Words[]>(open, async (messy) => {
    const diagnosis = await diagnose(messy, schema, answers);
    if ('refused' in diagnosis) return refusedSays(diagnosis);
    if ('questions' in diagnosis) return diagnosis.questions.map(askInWords);
    const { applied } = await cleanedFile(messy, diagnosis, { schema, changes: 0, sink: nowhere });
    if (changesNothing(diagnosis, applied)) return [];
    return [
      ...layoutSays(diagnosis.layout),
      ...columnsSay(diagnosis),
      ...rowsSay(applied, diagnosis),
      ...changesSay(applied),
    ];
  });
  return 'refused' in found ? refusedSays(found) : found;
}

/** What is no table at all is told by the verdict. */
function refusedSays(refused: Parameters<typeof explainNoTable>[0]): Words[] {
  if (refused.refused === 'empty' || refused.refused === 'no-records' || refused.refused === 'damaged') return [];
  const { says, todo } = explainNoTable(refused);
  return [{ en: `${says.en}: ${todo.en}`, zh: `${says.zh}：${todo.zh}` }];
}
