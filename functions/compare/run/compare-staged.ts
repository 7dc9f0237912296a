import type { ComparisonRefusal, ResultChanges } from '../../../schemas/contracts/comparisons.ts';
import type { ComparisonId } from '../../../schemas/contracts/ids.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import { Fault } from '../../kernel/fault.ts';
import { referencesIn } from '../../datasets/attachments/references.ts';
import { attachmentField } from '../../records/index.ts';
import type { Running } from '../domain/begin.ts';
import { resultIds } from '../domain/finish.ts';
import type { ActiveOrder } from '../domain/reconciliations/run.ts';
import type { ComparisonInput, ComparisonOutcome } from '../ports.ts';
import type { Compare } from '../stores.ts';
import { askedElsewhere, isElsewhere, QueryFailed } from './ask-elsewhere.ts';
import type { Basis } from './basis.ts';
import type { RunLease } from './keep-lease.ts';

interface Place {
  /** Empty, of this run's own. */
  readonly folder: string;
  readonly lease: RunLease;
}

type Compared = Extract<ComparisonOutcome, { readonly verdict: 'compared' }>;

export type StagedOutcome =
  | (Omit<Compared, 'changes'> & { readonly changes?: ResultChanges | undefined })
  | Extract<ComparisonOutcome, { readonly verdict: 'withheld' }>
  | { readonly verdict: 'refused'; readonly refusal: ComparisonRefusal };

export const resultPath = (folder: string): string => `${folder}/result`;

/** Where the rows of a standing order's result are left for the next run. */
export const rowsPath = (folder: string): string => `${folder}/rows.parquet`;

/** Both sides on the function's own disk, then the engine. The list has to be what was announced, byte by byte. */
export async function compareStaged(
  ports: Pick<
    Compare,
    | 'staging'
    | 'kept'
    | 'engine'
    | 'attachmentMacs'
    | 'runKeys'
    | 'warehouse'
    | 'timer'
    | 'metrics'
    | 'log'
    | 'mostBytesHere'
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
    basis.standing
      ? heldList(ports.staging, basis.standing.list, listPath)
      : ports.staging.list(key, object.versionId, listPath),
    isElsewhere(ports, basis)
      ? askedElsewhere(ports, running, basis, place)
      : heldHere(ports.staging, basis, `${folder}/resource.parquet`),
  ]);
  if (came.sha256 !== list.sha256)
    return refusedAs('digest-mismatch', 'The list is not the one that was announced: its SHA-256 is another.');
  const { format, encoding, sheet, columns } = list;
  const { extractId } = resultIds(running);
  const since = basis.standing && (await toldRows(ports, running, basis.standing.order, folder));
  const outcome = ports.engine.run({
    kind,
    terms,
    schema,
    resource,
    list: { path: listPath, format, encoding, sheet, columns },
    secret: await secretOf(ports, running),
    result: { path: resultPath(folder), format: resultFormat },
    ...(attachmentField(schema) && {
      refer: (await referencesIn(ports.attachmentMacs, resourceId, { extractId })).refer,
    }),
    since,
    folder,
    signal: lease.signal,
    progress: lease.progress,
  });
  return outcome.then(withSince(since)).catch((error: unknown) => {
    if (error instanceof QueryFailed)
      return refusedAs('query-failed', `Nothing was compared: ${error.message}. Announce it anew.`);
    throw error;
  });
}

/** Of a blind comparison; it is in this function's memory alone. */
async function secretOf({ runKeys }: Pick<Compare, 'runKeys'>, { comparisonId, blind, sealedKey }: Running) {
  if (!blind) return undefined;
  if (!sealedKey) throw new Fault(`blind comparison ${comparisonId} has no key`);
  return runKeys.open(comparisonId, sealedKey);
}

/** The list is a dataset, in as many pieces as it has. @returns its own digest */
async function heldList(staging: Compare['staging'], list: StoredDataset, path: string) {
  const found = await staging.dataset(list.objects, path);
  if (found.some(({ sha256 }, i) => sha256 !== list.objects[i]?.sha256))
    throw new Fault(`dataset ${list.datasetVersion} of ${list.resourceId} is not what was committed`);
  return { sha256: list.sha256 };
}

/** What the result is told as the difference to: that of the order's newest result, if it was by these terms. */
async function toldRows(
  { kept }: Pick<Compare, 'kept'>,
  { termsVersion }: Running,
  { told, reconciliationId }: ActiveOrder,
  folder: string,
): Promise<Since> {
  const to = rowsPath(folder);
  if (!told || told.termsVersion !== termsVersion) return { to };
  const from = `${folder}/before.parquet`;
  const { sha256 } = await kept.fetch(told.object, from);
  if (sha256 !== told.object.sha256) throw new Fault(`the rows of order ${reconciliationId} are not what was kept`);
  return { to, from, run: told.comparisonId };
}

type Since = NonNullable<ComparisonInput['since']> & { readonly run?: ComparisonId };

const withSince =
  (since: Since | undefined) =>
  (outcome: ComparisonOutcome): StagedOutcome => {
    if (outcome.verdict !== 'compared' || !outcome.changes) return outcome;
    const { isWhole, ...changes } = outcome.changes;
    return { ...outcome, changes: { ...changes, ...(!isWhole && since?.run && { since: since.run }) } };
  };

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
