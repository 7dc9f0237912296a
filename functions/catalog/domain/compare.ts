import type { AgreementImpact, Change, Comparison } from '../../../schemas/contracts/compatibility.ts';
import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import { findChanges } from './changes.ts';
import { judged, verdictOf, worst } from './policy.ts';
import { impactOf, touchesOn, type Stake } from './stakes.ts';

/** What hangs on a resource: terms, and the definitions of the versions that they speak of, by number. */
export interface AtStake {
  readonly stakes: readonly Stake[];
  readonly definitions: ReadonlyMap<number, ResourceDefinition>;
}

/**
 * A definition against the newest version, and against each version that some terms speak of: their deliveries must mean
 * what that one says. Terms that an earlier version already broke in the same way are not broken again.
 */
export function compare(
  latest: ResourceVersion,
  definition: ResourceDefinition,
  { stakes, definitions }: AtStake,
): Comparison {
  const changes = findChanges(latest.definition, definition).map(judged);
  const since = fromVersions(definitions, definition);
  const already = fromVersions(definitions, latest.definition);
  const agreements = stakes.flatMap((stake): AgreementImpact[] => {
    const { terms, resourceVersion } = stake;
    const pinned = resourceVersion === latest.version;
    const impact = impactOf(
      stake,
      touchesOn(terms, pinned ? changes : since(resourceVersion)),
      pinned ? [] : touchesOn(terms, already(resourceVersion)),
    );
    return impact ? [impact] : [];
  });
  return {
    resourceId: latest.resourceId,
    resourceVersion: latest.version,
    verdict: worst([...changes.map(verdictOf), ...agreements.map(({ verdict }) => verdict)]),
    changes,
    agreements,
  };
}

/** Many agreements speak of few versions: each is compared once. */
function fromVersions(definitions: AtStake['definitions'], later: ResourceDefinition) {
  const found = new Map<number, readonly Change[]>();
  return (version: number): readonly Change[] => {
    const earlier = definitions.get(version);
    if (!earlier) throw new Error(`terms speak of version ${version}, whose definition is not at hand`);
    const changes = found.get(version) ?? findChanges(earlier, later);
    found.set(version, changes);
    return changes;
  };
}
