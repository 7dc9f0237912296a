import { createHash } from 'node:crypto';
import type { DatasetObject, StoredDataset } from '../../schemas/stored/datasets.ts';
import { digestOfAll } from '../kernel/digest.ts';
import { Fault } from '../kernel/fault.ts';

type Read = (object: DatasetObject) => Promise<AsyncIterable<Uint8Array>>;
type Csv = Pick<StoredDataset, 'datasetVersion' | 'columns' | 'objects' | 'sha256'>;

/** The records of a dataset, as CSV with a header. */
export interface DatasetCsv {
  readonly columns: readonly string[];
  /** From the beginning each time that they are gone through. */
  readonly input: AsyncIterable<Uint8Array>;
}

/**
 * A dataset version as it was committed: its bytes are those of its objects, one behind the other; an object is opened when
 * its first byte is asked for. A fault where they are not those that were committed. `during` may end it at any chunk.
 */
export const csvOf = (dataset: Csv, read: Read, during: () => void = () => undefined): DatasetCsv => ({
  columns: dataset.columns,
  input: { [Symbol.asyncIterator]: () => bytesOf(dataset, read, during) },
});

async function* bytesOf(
  { datasetVersion, objects, sha256 }: Csv,
  read: Read,
  during: () => void,
): AsyncGenerator<Uint8Array> {
  const changed = () => new Fault(`the bytes of dataset version ${datasetVersion} are not those that were committed`);
  if (digestOfAll(objects) !== sha256) throw changed();
  for (const object of objects) {
    const hash = createHash('sha256');
    for await (const chunk of await read(object)) {
      during();
      hash.update(chunk);
      yield chunk;
    }
    if (hash.digest('base64') !== object.sha256) throw changed();
  }
}
