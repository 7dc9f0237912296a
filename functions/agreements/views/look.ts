import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { Terms } from '../../../schemas/contracts/terms.ts';
import type { Preview } from '../../../schemas/contracts/views.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import { csvOf } from '../../datasets/csv.ts';
import { Fault } from '../../kernel/fault.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { after, isPast } from '../../kernel/time.ts';
import { fitsTerms, sampleExtract } from '../../records/index.ts';
import { sampleSize, sampleSpec } from '../domain/terms/preview.ts';
import type { ViewPorts } from './ports.ts';

/** An answer must come within the 25 s of its function; a larger dataset is looked at in part. */
const MAX_BYTES = 256 * 1024 * 1024;
const LONGEST = { milliseconds: 10_000 };

export type Looked = Pick<Preview, 'rows' | 'exact' | 'sample'>;

/** What some terms would deliver of a dataset, by the engine that writes the deliveries. */
export async function looked(
  { datasets, definitions, clock }: Pick<ViewPorts, 'datasets' | 'definitions' | 'clock'>,
  dataset: StoredDataset,
  pinned: ResourceVersion,
  terms: Terms,
): Promise<Outcome<Looked, 'nothing-to-preview'>> {
  const { resourceId, resourceVersion } = dataset;
  const checkedBy = await definitions.version(resourceId, resourceVersion);
  if (!checkedBy) throw new Fault(`version ${resourceVersion} of ${resourceId} is not there`);
  const { schema } = checkedBy.definition;
  const agreed = pinned.definition.schema;
  if (!fitsTerms(terms, { pinned: agreed, actual: schema })) return refuse('nothing-to-preview', { detail: ofAnother });

  const until = after(clock.now(), LONGEST);
  let bytesRead = 0;
  const { columns, input } = csvOf(dataset, async (object) =>
    counted(await datasets.read(object), (bytes) => (bytesRead += bytes)),
  );
  const more = () => bytesRead < MAX_BYTES && !isPast(until, clock.now());
  const { sample, ...found } = await sampleExtract(input, { schema, columns }, sampleSpec(terms, agreed), {
    size: sampleSize(terms),
    more,
  });
  return done({ ...found, sample: [...sample] });
}

const ofAnother =
  'The data in force are of another resource version, which these terms do not fit: nothing of them would be delivered.';

async function* counted(chunks: AsyncIterable<Uint8Array>, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    count(chunk.length);
    yield chunk;
  }
}
