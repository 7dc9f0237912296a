import type { ComparisonRefusal } from '../../../schemas/contracts/comparisons.ts';
import { Fault } from '../../kernel/fault.ts';
import { referencesIn } from '../../datasets/attachments/references.ts';
import { attachmentField } from '../../records/index.ts';
import type { Running } from '../domain/begin.ts';
import { resultIds } from '../domain/finish.ts';
import type { ComparisonOutcome } from '../ports.ts';
import type { Compare } from '../stores.ts';
import type { Basis } from './basis.ts';
import type { RunLease } from './keep-lease.ts';

interface Place {
  /** Empty, of this run's own. */
  readonly folder: string;
  readonly lease: RunLease;
}

export type StagedOutcome =
  | Exclude<ComparisonOutcome, { readonly verdict: 'refused' }>
  | { readonly verdict: 'refused'; readonly refusal: ComparisonRefusal };

export const resultPath = (folder: string): string => `${folder}/result`;

/** Both sides on the function's own disk, then the engine. The list has to be what was announced, byte by byte. */
export async function compareStaged(
  { staging, engine, attachmentMacs }: Pick<Compare, 'staging' | 'engine' | 'attachmentMacs'>,
  running: Running,
  { terms, representation, schema }: Basis,
  { folder, lease }: Place,
): Promise<StagedOutcome> {
  const { comparisonKind: kind, resourceId, key, list, object, resultFormat } = running;
  const [listPath, resourcePath] = [`${folder}/list`, `${folder}/resource.parquet`];
  lease.progress('reading');
  const [came, held] = await Promise.all([
    staging.list(key, object.versionId, listPath),
    staging.representation(representation.object, resourcePath),
  ]);
  if (held.sha256 !== representation.object.sha256)
    throw new Fault(`the representation of dataset ${running.datasetVersion} is not what was committed`);
  if (came.sha256 !== list.sha256)
    return refusedAs('digest-mismatch', 'The list is not the one that was announced: its SHA-256 is another.');
  const { format, encoding, sheet, columns } = list;
  const { extractId } = resultIds(running);
  return engine.run({
    kind,
    terms,
    schema,
    resource: { path: resourcePath, columns: representation.columns, rows: representation.rows },
    list: { path: listPath, format, encoding, sheet, columns },
    result: { path: resultPath(folder), format: resultFormat },
    ...(attachmentField(schema) && { refer: (await referencesIn(attachmentMacs, resourceId, { extractId })).refer }),
    folder,
    signal: lease.signal,
    progress: lease.progress,
  });
}

const refusedAs = (code: ComparisonRefusal['code'], detail: string): StagedOutcome => ({
  verdict: 'refused',
  refusal: { code, detail },
});
