import type { Place } from '../../../schemas/stored/segments.ts';
import type { CheckedObjects } from '../ports.ts';

/** Opened when its first byte is asked for: what fails before that leaves no connection behind. */
export async function* readObject(checked: CheckedObjects, { key, versionId }: Place): AsyncGenerator<Uint8Array> {
  yield* await checked.read(key, versionId);
}
