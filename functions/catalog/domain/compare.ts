import type { AgreementImpact, Change, Comparison } from '../../../schemas/contracts/compatibility.ts';
import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import { findChanges } from '../../reading/changes/find-changes.ts';
import { touchesOn } from '../../reading/changes/touches.ts';
import { judged, verdictOf, worst } from './policy.ts';
import { impactOf, type Effect, type Stake } from './stakes.ts';

/** What hangs on a resource: terms, and the definitions of the versions that they speak of, by number. */
export interface AtStake {
  readonly stakes: readonly Stake[];
  readonly definitions: ReadonlyMap<number, ResourceDefinition>;
}

/** A definition against each version that some terms speak of: their deliveries must mean what that one says. */
export function effectsOf(
  latest: ResourceVersion,
  definition: ResourceDefinition,
  { stakes, definitions }: AtStake,
): readonly Effect[] {
  const known = new Map([...definitions, [latest.version, latest.definition]]);
  const since = fromVersions(known, definition);
  const already = fromVersions(known, latest.definition);
  return stakes.map((stake) => ({
    stake,
    touches: touchesOn(stake.terms, since(stake.resourceVersion)),
    already: touchesOn(stake.terms, already(stake.resourceVersion)),
  }));
}

/**
 * A definition against the newest version, and what it does to terms. Those that an earlier version already broke in the
 * same way are not broken again.
 */
export function compare(latest: ResourceVersion, definition: ResourceDefinition, atStake: AtStake): Comparison {
  const changes = findChanges(latest.definition, definition).map(judged);
  const agreements = effectsOf(latest, definition, atStake).flatMap((effect): AgreementImpact[] => {
    const impact = impactOf(effect);
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
