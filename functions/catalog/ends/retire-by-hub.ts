import type { ResourceId } from '../../../schemas/contracts/ids.ts';
import { theHub } from '../../kernel/evidence.ts';
import { retire } from '../domain/life.ts';
import { retirementOf } from './end-of-resource.ts';
import type { Ports, Standing } from '../ports.ts';

type HubPorts = Pick<Ports, 'resources' | 'clock' | 'ids' | 'timeZone'>;

/**
 * Retires a resource where nobody of its provider does: on the day that was stated, or because the provider was closed.
 * False where that no longer applies.
 * @param session the run that does it, for the evidence
 * @param reasonOf undefined where it is not to be retired as it stands now
 */
export async function retireByHub(
  ports: HubPorts,
  resourceId: ResourceId,
  session: string,
  reasonOf: (standing: Standing) => string | undefined,
): Promise<boolean> {
  const standing = await ports.resources.standing(resourceId);
  const reason = standing && reasonOf(standing);
  if (!standing || reason === undefined) return false;
  const outcome = retire(standing, reason, 'hub');
  if (!outcome.ok) return false;
  const end = retirementOf(ports, standing, outcome.value, theHub(session), ports.clock.now());
  return ports.resources.end({
    ...end,
    deprecatedAt: standing.deprecation?.at,
    latestVersion: standing.latest.version,
  });
}
