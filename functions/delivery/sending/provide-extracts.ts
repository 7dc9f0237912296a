import type { VoidReason } from '../../../schemas/contracts/deliveries.ts';
import type { ExtractId } from '../../../schemas/contracts/ids.ts';
import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import type { StoredExtract } from '../../../schemas/stored/delivery.ts';
import type { AttachmentMacs } from '../../datasets/attachments/references.ts';
import { each } from '../../kernel/each.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Hub } from '../../kernel/ports.ts';
import { mustBeWhole } from '../../kernel/stored-whole.ts';
import { UnfitExtract, UnreadableValue } from '../../records/index.ts';
import { writtenBy } from '../domain/pauses.ts';
import { dropIfUnused } from './drop-extract.ts';
import { passOver, type PassOutcome } from './pass.ts';
import type { ExtractObjects, Extracts, ExtractWriter, Facts } from '../ports.ts';

const WIDTH = 4;

export interface ProvidePorts extends Hub {
  readonly facts: Facts;
  readonly extracts: Extracts;
  readonly objects: ExtractObjects;
  readonly attachmentMacs: AttachmentMacs;
}

export interface Provided {
  readonly ready: ReadonlyMap<ExtractId, StoredExtract>;
  /** These can never be written, and why. */
  readonly unfit: ReadonlyMap<ExtractId, VoidReason>;
  readonly faults: readonly unknown[];
}

interface Wanted {
  readonly extractId: ExtractId;
  readonly spec: ExtractSpec;
  /** Of changes: since which version of the dataset. */
  readonly baseDatasetVersion?: number | undefined;
}

interface Attempt extends Wanted {
  readonly key: string;
  readonly writer: ExtractWriter;
}

interface Written {
  readonly extracts: readonly StoredExtract[];
  readonly unfit: readonly (readonly [ExtractId, VoidReason])[];
  readonly faults: readonly unknown[];
}

/**
 * The extracts as they are stored. Those that are not there yet are written: all of the whole dataset in one pass over
 * it, all of the changes since the same version in one pass over the two.
 */
export async function provideExtracts(
  ports: ProvidePorts,
  dataset: StoredDataset,
  wanted: readonly Wanted[],
): Promise<Provided> {
  const ready = new Map<ExtractId, StoredExtract>();
  const unfit = new Map<ExtractId, VoidReason>();
  const missing: Wanted[] = [];
  const faults = await each(wanted, WIDTH, async (one) => {
    const extract = await usable(ports, one.extractId);
    if (extract) ready.set(one.extractId, extract);
    else missing.push(one);
  });
  for (const [base, pass] of Map.groupBy(missing, ({ baseDatasetVersion }) => baseDatasetVersion)) {
    const written = await writeMissing(ports, dataset, base, pass).catch((fault: unknown) => ({
      extracts: [],
      unfit: [],
      faults: [fault],
    }));
    for (const extract of written.extracts) ready.set(extract.extractId, extract);
    for (const [id, why] of written.unfit) unfit.set(id, why);
    faults.push(...written.faults);
  }
  return { ready, unfit, faults };
}

/** A ready extract. One on its way out is seen off first, so that it can be written anew. */
async function usable(ports: ProvidePorts, id: ExtractId): Promise<StoredExtract | undefined> {
  const extract = await ports.extracts.find(id);
  if (extract?.state !== 'deleting') return extract;
  await dropIfUnused(ports, id);
  return undefined;
}

async function writeMissing(
  ports: ProvidePorts,
  dataset: StoredDataset,
  base: number | undefined,
  missing: readonly Wanted[],
): Promise<Written> {
  const pass = await passOver(ports, dataset, base);
  const begun = missing.map((one) => ({ ...one, key: `extracts/${one.extractId}/${ports.ids.next()}` }));
  await ports.extracts.begin(begun, writtenBy(ports.clock.now()));
  const attempts = begun.map((one): Attempt => ({ ...one, writer: ports.objects.open(one.key) }));
  const extracts: StoredExtract[] = [];
  const unfit: (readonly [ExtractId, VoidReason])[] = [];
  try {
    const outcomes = await pass(attempts.map(({ extractId, spec, writer }) => ({ extractId, spec, sink: writer })));
    const faults = await each(attempts.entries(), WIDTH, async ([index, { extractId, spec, writer }]) => {
      const outcome = outcomes[index];
      const code = outcome?.ok === false ? whyNever(outcome.error) : undefined;
      if (code !== undefined) {
        ports.log.warn('extract cannot be written', { extractId, code });
        unfit.push([extractId, code]);
        return;
      }
      if (!outcome?.ok) throw new Fault(`extract ${extractId} was not written`, { cause: outcome?.error });
      const object = await writer.close();
      mustBeWhole(outcome.bytes, object);
      const extract = extractOf(dataset, { extractId, spec, baseDatasetVersion: base }, outcome, object);
      extracts.push(await keep(ports, extract));
      ports.log.info('extract written', { extractId, rows: extract.rows, bytes: extract.bytes });
    });
    return { extracts, unfit, faults };
  } finally {
    // Closed ones have nothing left to abort; of the others, no part may stay behind.
    await each(attempts, WIDTH, ({ writer }) => writer.abort());
  }
}

/** Why trying again would never help. */
function whyNever(error: unknown): VoidReason | undefined {
  if (error instanceof UnfitExtract) return 'does-not-fit';
  return error instanceof UnreadableValue ? 'unreadable-values' : undefined;
}

function extractOf(
  { resourceId, datasetVersion }: StoredDataset,
  { extractId, spec, baseDatasetVersion }: Wanted,
  written: Extract<PassOutcome, { ok: true }>,
  { key, versionId }: StoredExtract['object'],
): StoredExtract {
  const { rows, bytes, sha256 } = written;
  return {
    extractId,
    resourceId,
    datasetVersion,
    ...(baseDatasetVersion !== undefined && { baseDatasetVersion }),
    ...('changes' in written && { changes: written.changes }),
    format: spec.format,
    rows,
    bytes,
    sha256,
    object: { key, versionId },
    grants: 0,
    state: 'ready',
  };
}

/** Of several attempts at one extract the first to be stored counts; the others take their objects away again. */
async function keep({ extracts, objects, clock }: ProvidePorts, extract: StoredExtract): Promise<StoredExtract> {
  if (await extracts.keep(extract, writtenBy(clock.now()))) return extract;
  await objects.remove(extract.object);
  await extracts.end({ extractId: extract.extractId, key: extract.object.key });
  const winner = await extracts.find(extract.extractId);
  if (winner?.state !== 'ready') throw new Fault(`extract ${extract.extractId} was dropped meanwhile`);
  return winner;
}
