import type { ShareType } from '../../../schemas/contracts/definition.ts';
import type { DepartmentId, ResourceId } from '../../../schemas/contracts/ids.ts';
import type { StoredDemand } from '../../../schemas/stored/demands.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';

/** A resource as far as it matters whether an agreement on it can be proposed. */
export interface Obtainable {
  readonly resourceId: ResourceId;
  readonly provider: DepartmentId;
  readonly shareType: ShareType;
  readonly retired: boolean;
}

/** Could the demander get this resource by an agreement? */
export function obtainable(
  { provider, shareType, retired }: Obtainable,
  demander: DepartmentId,
): Outcome<undefined, 'resource-retired' | 'own-resource' | 'sharing-refused'> {
  if (retired) return refuse('resource-retired');
  if (provider === demander) return refuse('own-resource');
  return shareType === 'refused' ? refuse('sharing-refused') : done(undefined);
}

/** The resource that is to satisfy the demand, in place of what was named before; the demand itself where it is named already. */
export function nameResource(
  demand: StoredDemand,
  resource: Obtainable,
  by: DepartmentId,
  at: string,
): Outcome<StoredDemand, 'resource-retired' | 'own-resource' | 'sharing-refused'> {
  const { resourceId, provider } = resource;
  const possible = obtainable(resource, demand.demander);
  if (!possible.ok) return possible;
  if (demand.match?.resourceId === resourceId) return done(demand);
  return done({
    ...demand,
    state: 'matched',
    changedAt: at,
    match: { resourceId, provider, by, at },
    // Who names a resource of its own takes back that it declined.
    declines: demand.declines.filter(({ department }) => department !== by),
  });
}

/** The demander names whatever the catalog has, a department that is asked a resource of its own. */
export const match = (
  demand: StoredDemand,
  resource: Obtainable,
  by: DepartmentId,
  at: string,
): Outcome<StoredDemand, 'not-the-provider' | 'resource-retired' | 'own-resource' | 'sharing-refused'> =>
  by === demand.demander || by === resource.provider
    ? nameResource(demand, resource, by, at)
    : refuse('not-the-provider');
