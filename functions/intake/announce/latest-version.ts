import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { ResourceHead } from '../../../schemas/stored/catalog.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Resources } from '../ports.ts';

export async function latestVersion(
  { resources }: { readonly resources: Pick<Resources, 'version'> },
  { resourceId, latestVersion: number }: ResourceHead,
): Promise<ResourceVersion> {
  const version = await resources.version(resourceId, number);
  if (!version) throw new Fault(`version ${number} of resource ${resourceId} is gone`);
  return version;
}
