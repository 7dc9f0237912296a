import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import { Fault } from '../kernel/fault.ts';
import { termsFit } from '../reading/resource.ts';
import { termsOf } from '../reading/terms.ts';
import type { Catalog } from './ports.ts';

/** The newest version of an agreement's resource. */
export async function newest(
  { latest }: Pick<Catalog, 'latest'>,
  { resourceId }: Pick<Agreement, 'resourceId'>,
): Promise<ResourceVersion> {
  const found = await latest(resourceId);
  if (!found) throw new Fault(`resource ${resourceId} has an agreement and no version`);
  return found;
}

/** The newest version of the resource; undefined where it breaks the terms in force, or those on the table before any are. */
export async function fittingVersion(
  catalog: Pick<Catalog, 'latest' | 'version'>,
  agreement: Agreement,
): Promise<ResourceVersion | undefined> {
  const { resourceId, resourceVersion } = agreement;
  const newest = await catalog.latest(resourceId);
  const pinned = newest?.version === resourceVersion ? newest : await catalog.version(resourceId, resourceVersion);
  if (!newest || !pinned) throw new Fault(`resource ${resourceId} lacks a version that an agreement names`);
  return termsFit(termsOf(agreement), pinned, newest) ? newest : undefined;
}
