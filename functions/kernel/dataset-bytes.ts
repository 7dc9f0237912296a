import { createHash } from 'node:crypto';
import type { DatasetObject, StoredDataset } from '../../schemas/contracts/resources.ts';
import { digestOfAll } from './digest.ts';
import { Fault } from './fault.ts';

type Read = (object: DatasetObject) => Promise<AsyncIterable<Uint8Array>>;

/**
 * The bytes of a dataset, one object behind the other, from the beginning each time that they are gone through; an object is
 * opened when its first byte is asked for. A fault where they are not those that were committed. `during` may end it at any
 * chunk.
 */
export const datasetBytes = (
  dataset: Pick<StoredDataset, 'datasetVersion' | 'objects' | 'sha256'>,
  read: Read,
  during: () => void = () => undefined,
): AsyncIterable<Uint8Array> => ({ [Symbol.asyncIterator]: () => bytesOf(dataset, read, during) });

async function* bytesOf(
  { datasetVersion, objects, sha256 }: Pick<StoredDataset, 'datasetVersion' | 'objects' | 'sha256'>,
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
