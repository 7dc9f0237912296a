import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { AtStake } from '../domain/compare.ts';
import { stakesOf } from '../domain/stakes.ts';
import type { Ports } from '../ports.ts';

/**
 * What hangs on a resource: the terms of every agreement that is not over, and the versions that they speak of. Where there
 * is no version yet, or the definition is the latest one's, nothing can break and nothing is read.
 */
export async function readAtStake(
  { resources, agreements }: Pick<Ports, 'resources' | 'agreements'>,
  latest: ResourceVersion | undefined,
  digest: string,
): Promise<AtStake> {
  if (!latest || latest.digest === digest) return { stakes: [], definitions: new Map() };
  const stakes = (await agreements.notOver(latest.resourceId)).flatMap(stakesOf);
  const numbers = new Set(stakes.map(({ resourceVersion }) => resourceVersion));
  const versions = await Promise.all(
    [...numbers]
      .filter((number) => number !== latest.version)
      .map((number) => resources.version(latest.resourceId, number)),
  );
  return {
    stakes,
    definitions: new Map(versions.flatMap((found) => (found ? [[found.version, found.definition]] : []))),
  };
}
