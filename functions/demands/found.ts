import type { DemandState } from '../../schemas/contracts/demands.ts';
import type { DemandId, ResourceId } from '../../schemas/contracts/ids.ts';
import type { StoredDemand } from '../../schemas/stored/demands.ts';
import type { Officer } from '../reading/oversight.ts';
import type { Obtainable } from './domain/match.ts';
import { stateOf, type Progress } from './domain/progress.ts';
import { standingsOf, type Standing } from './domain/standing.ts';
import type { Ports } from './ports.ts';

/** A demand, and what it is to a caller, as far as acts and readers need to know. */
export interface FoundDemand {
  readonly demand: StoredDemand;
  readonly revision: number;
  readonly progress: Progress | undefined;
  readonly state: DemandState;
  readonly standings: readonly Standing[];
}

/** Undefined where there is none, or none that the caller may know of. */
export async function findDemand(ports: Ports, id: DemandId, caller: Officer): Promise<FoundDemand | undefined> {
  const found = await ports.demands.find(id);
  if (!found) return undefined;
  const { value: demand, revision } = found;
  const theme = demand.themeId === undefined ? undefined : await ports.themes.find(demand.themeId);
  const standings = standingsOf(demand, theme?.value, caller);
  if (standings.length === 0) return undefined;
  const progress = await ports.sharing.progressOf(demand);
  return { demand, revision, progress, state: stateOf(demand, progress), standings };
}

/** A resource as far as it matters whether it can be agreed on; undefined where the catalog has none. */
export async function findObtainable({ catalog }: Ports, id: ResourceId): Promise<Obtainable | undefined> {
  const [resource, retired] = await Promise.all([catalog.latest(id), catalog.isRetired(id)]);
  return resource && { resourceId: id, provider: resource.provider, shareType: resource.definition.shareType, retired };
}
