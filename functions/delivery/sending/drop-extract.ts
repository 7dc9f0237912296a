import type { ExtractId } from '../../../schemas/contracts/ids.ts';
import type { ExtractAttempt, ExtractObjects, Extracts } from '../ports.ts';

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

/** Removes what an attempt left that was cut off: first nobody can keep its object any more, then the object goes. */
export async function clearAway(
  ports: { readonly extracts: Extracts; readonly objects: Pick<ExtractObjects, 'discard'> },
  attempt: ExtractAttempt,
): Promise<void> {
  if (!(await ports.extracts.giveUp(attempt))) return;
  await ports.objects.discard(attempt.key);
  await ports.extracts.end(attempt);
}
