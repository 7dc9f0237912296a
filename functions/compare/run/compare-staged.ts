import type { ComparisonRefusal } from '../../../schemas/contracts/comparisons.ts';
import { Fault } from '../../kernel/fault.ts';
import { referencesIn } from '../../datasets/attachments/references.ts';
import { attachmentField } from '../../records/index.ts';
import type { Running } from '../domain/begin.ts';
import { resultIds } from '../domain/finish.ts';
import type { ComparisonOutcome } from '../ports.ts';
import type { Compare } from '../stores.ts';
import { askedElsewhere, isElsewhere, QueryFailed } from './ask-elsewhere.ts';
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
  ports: Pick<
    Compare,
    'staging' | 'engine' | 'attachmentMacs' | 'warehouse' | 'timer' | 'metrics' | 'log' | 'mostBytesHere'
  >,
  running: Running,
  basis: Basis,
  place: Place,
): Promise<StagedOutcome> {
  const { comparisonKind: kind, resourceId, key, list, object, resultFormat } = running;
  const { terms, schema } = basis;
  const { folder, lease } = place;
  const listPath = `${folder}/list`;
  lease.progress('reading');
  const [came, resource] = await Promise.all([
    ports.staging.list(key, object.versionId, listPath),
    isElsewhere(ports, basis)
      ? askedElsewhere(ports, running, basis, place)
      : heldHere(ports.staging, basis, `${folder}/resource.parquet`),
  ]);
  if (came.sha256 !== list.sha256)
    return refusedAs('digest-mismatch', 'The list is not the one that was announced: its SHA-256 is another.');
  const { format, encoding, sheet, columns } = list;
  const { extractId } = resultIds(running);
  const outcome = ports.engine.run({
    kind,
    terms,
    schema,
    resource,
    list: { path: listPath, format, encoding, sheet, columns },
    result: { path: resultPath(folder), format: resultFormat },
    ...(attachmentField(schema) && {
      refer: (await referencesIn(ports.attachmentMacs, resourceId, { extractId })).refer,
    }),
    folder,
    signal: lease.signal,
    progress: lease.progress,
  });
  return outcome.catch((error: unknown) => {
    if (error instanceof QueryFailed)
      return refusedAs('query-failed', `Nothing was compared: ${error.message}. Announce it anew.`);
    throw error;
  });
}

async function heldHere(staging: Compare['staging'], { representation, dataset }: Basis, path: string) {
  const held = await staging.representation(representation.object, path);
  if (held.sha256 !== representation.object.sha256)
    throw new Fault(`the representation of dataset ${dataset.datasetVersion} is not what was committed`);
  return { path, columns: representation.columns, rows: representation.rows };
}

const refusedAs = (code: ComparisonRefusal['code'], detail: string): StagedOutcome => ({
  verdict: 'refused',
  refusal: { code, detail },
});
