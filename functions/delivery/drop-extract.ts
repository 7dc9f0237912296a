import type { ExtractId } from '../../schemas/contracts/ids.ts';
import type { ExtractObjects, Extracts } from './ports.ts';

/**
 * Deletes an extract that nothing holds a grant on: first nobody can be granted it any more, then the object goes,
 * then the item. Called again, it goes on where an earlier call was cut off.
 */
export async function dropIfUnused(
  ports: { readonly extracts: Extracts; readonly objects: Pick<ExtractObjects, 'remove'> },
  id: ExtractId,
): Promise<void> {
  const extract = await ports.extracts.startDropping(id);
  if (!extract) return;
  await ports.objects.remove(extract.object);
  await ports.extracts.forget(extract);
}
