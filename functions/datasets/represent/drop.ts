import type { StoredRepresentation } from '../../../schemas/stored/datasets.ts';
import { representationKey } from '../representation/places.ts';
import type { Representations, RepresentObjects } from './ports.ts';

interface Ports {
  readonly representations: Pick<Representations, 'startDropping' | 'forget'>;
  readonly objects: Pick<RepresentObjects, 'remove' | 'discard'>;
}

/**
 * Removes one of which nobody has a use: first nobody can hold it any more, then its object goes, then the item. Called again,
 * it goes on where an earlier call was cut off.
 */
export async function dropRepresentation(
  { representations, objects }: Ports,
  one: StoredRepresentation,
): Promise<void> {
  if (one.state === 'made' && !(await representations.startDropping(one))) return;
  if (one.state === 'making') await objects.discard(representationKey(one));
  if (one.state === 'made' || one.state === 'dropping') await objects.remove(one.object);
  await representations.forget(one.state === 'made' ? { ...one, state: 'dropping' } : one);
}
