import { createHash } from 'node:crypto';
import type { StoredDataset } from '../../../schemas/contracts/resources.ts';
import { Fault } from '../../kernel/fault.ts';
import type { CheckedObjects } from '../ports.ts';

/**
 * The bytes of a dataset, from the beginning each time that they are gone through, and opened when the first is asked
 * for; a fault where they are not those that were committed. `during` may end it at any chunk.
 */
export const asCommitted = (
  checked: CheckedObjects,
  dataset: StoredDataset,
  during: () => void = () => undefined,
): AsyncIterable<Uint8Array> => ({ [Symbol.asyncIterator]: () => bytesOf(checked, dataset, during) });

async function* bytesOf(
  checked: CheckedObjects,
  { datasetVersion, object, sha256 }: StoredDataset,
  during: () => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of await checked.read(object.key, object.versionId)) {
    during();
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('base64') !== sha256)
    throw new Fault(`the bytes of dataset version ${datasetVersion} are not those that were committed`);
}
