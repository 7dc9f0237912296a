import type { PublishedResource, ResourceVersion } from '../../../schemas/contracts/resources.ts';
import { entryOf } from '../domain/entry.ts';
import { similarTo } from '../domain/similar.ts';
import type { Resources } from '../ports.ts';

/** A published version as it is answered: of a first one with what else the catalog has that is like it. */
export async function answered(
  resources: Pick<Resources, 'catalog'>,
  version: ResourceVersion,
): Promise<PublishedResource> {
  if (version.version > 1) return version;
  const { entries } = await resources.catalog();
  return { ...version, similar: similarTo(entryOf(version), entries) };
}
