import type { StoredExtract } from '../../schemas/contracts/deliveries.ts';
import type { ExtractId } from '../../schemas/contracts/ids.ts';
import type { ExtractSpec } from '../../schemas/contracts/messages.ts';
import type { StoredDataset } from '../../schemas/contracts/resources.ts';
import { Fault } from '../kernel/fault.ts';
import { writeExtracts } from '../records/index.ts';
import { writtenBy } from './domain/pauses.ts';
import { dropIfUnused } from './drop-extract.ts';
import { each } from './each.ts';
import type { ExtractObjects, Extracts, ExtractWriter, Facts, Hub } from './ports.ts';

const WIDTH = 4;

export interface ProvidePorts extends Hub {
  readonly facts: Facts;
  readonly extracts: Extracts;
  readonly objects: ExtractObjects;
}

export interface Provided {
  readonly ready: ReadonlyMap<ExtractId, StoredExtract>;
  readonly faults: readonly unknown[];
}

interface Wanted {
  readonly extractId: ExtractId;
  readonly spec: ExtractSpec;
}

interface Attempt extends Wanted {
  readonly key: string;
  readonly writer: ExtractWriter;
}

/** The extracts as they are stored; those that are not there yet are written in one pass over the dataset. */
export async function provideExtracts(
  ports: ProvidePorts,
  dataset: StoredDataset,
  wanted: readonly Wanted[],
): Promise<Provided> {
  const ready = new Map<ExtractId, StoredExtract>();
  const missing: Wanted[] = [];
  const faults = await each(wanted, WIDTH, async (one) => {
    const extract = await usable(ports, one.extractId);
    if (extract) ready.set(one.extractId, extract);
    else missing.push(one);
  });
  if (missing.length > 0) {
    const written = await writeMissing(ports, dataset, missing).catch((fault: unknown) => ({
      extracts: [],
      faults: [fault],
    }));
    for (const extract of written.extracts) ready.set(extract.extractId, extract);
    faults.push(...written.faults);
  }
  return { ready, faults };
}

/** A ready extract. One on its way out is seen off first, so that it can be written anew. */
async function usable(ports: ProvidePorts, id: ExtractId): Promise<StoredExtract | undefined> {
  const extract = await ports.extracts.find(id);
  if (extract?.state !== 'deleting') return extract;
  await dropIfUnused(ports, id);
  return undefined;
}

async function writeMissing(ports: ProvidePorts, dataset: StoredDataset, missing: readonly Wanted[]) {
  const { resourceId, datasetVersion } = dataset;
  const schema = await ports.facts.schema(resourceId, dataset.resourceVersion);
  const begun = missing.map((one) => ({ ...one, key: `extracts/${one.extractId}/${ports.ids.next()}` }));
  await ports.extracts.begin(begun, writtenBy(ports.clock.now()));
  const input = await ports.objects.dataset(dataset.object);
  const attempts = begun.map((one): Attempt => ({ ...one, writer: ports.objects.open(one.key) }));
  const extracts: StoredExtract[] = [];
  try {
    const outcomes = await writeExtracts(
      input,
      { schema, columns: dataset.columns },
      attempts.map(({ spec, writer }) => ({ spec, sink: writer })),
    );
    const faults = await each(attempts.entries(), WIDTH, async ([index, { extractId, spec, writer }]) => {
      const outcome = outcomes[index];
      if (!outcome?.ok) throw new Fault(`extract ${extractId} was not written`, { cause: outcome?.error });
      const { rows, bytes, sha256 } = outcome;
      const { key, versionId } = await writer.close();
      const extract = {
        extractId,
        resourceId,
        datasetVersion,
        format: spec.format,
        rows,
        bytes,
        sha256,
        object: { key, versionId },
        grants: 0,
        state: 'ready',
      } as const;
      extracts.push(await keep(ports, extract));
      ports.log.info('extract written', { extractId, rows, bytes });
    });
    return { extracts, faults };
  } finally {
    // Closed ones have nothing left to abort; of the others, no part may stay behind.
    await each(attempts, WIDTH, ({ writer }) => writer.abort());
  }
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
