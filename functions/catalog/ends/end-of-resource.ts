import type { Actor } from '../../../schemas/contracts/evidence.ts';
import type { Deprecation, Retirement } from '../../../schemas/contracts/resources.ts';
import type { StoredAnswer } from '../../../schemas/stored/answers.ts';
import type { ResourceMark } from '../../../schemas/stored/catalog.ts';
import { digestOf } from '../../kernel/digest.ts';
import { evidenceOf } from '../../kernel/evidence.ts';
import { startOfDay } from '../../kernel/time.ts';
import type { EndOfResource, Ports, Standing } from '../ports.ts';

type EndPorts = Pick<Ports, 'clock' | 'ids' | 'timeZone'>;

/** Said by its provider: consumers are told, and on the day the hub retires it. */
export function deprecationOf(
  ports: EndPorts,
  { latest }: Standing,
  deprecation: Deprecation,
  actor: Actor,
  answer: StoredAnswer | undefined,
): EndOfResource {
  const { resourceId, provider } = latest;
  const { at, retireOn } = deprecation;
  const mark = (event: ResourceMark['event']): ResourceMark => ({ resourceId, event, at, by: provider, retireOn });
  return {
    resourceId,
    change: { deprecation },
    marks: [
      { mark: mark('deprecated'), at },
      { mark: mark('retire'), at: startOfDay(retireOn, ports.timeZone) },
    ],
    evidence: proof(ports, 'resource-deprecated', { latest }, actor, { deprecation: digestOf(deprecation) }),
    answer,
  };
}

/** Nobody is waited for: consumers are told that nothing more comes. */
export function retirementOf(
  ports: EndPorts,
  { latest }: Standing,
  retirement: Retirement,
  actor: Actor,
  retiredAt: string,
  answer?: StoredAnswer,
): EndOfResource {
  const { resourceId, provider } = latest;
  const by = retirement.by === 'hub' ? {} : { by: provider };
  return {
    resourceId,
    change: { retiredAt, retirement },
    marks: [{ mark: { resourceId, event: 'retired', at: retiredAt, ...by }, at: retiredAt }],
    evidence: proof(ports, 'resource-retired', { latest }, actor, { retirement: digestOf(retirement) }),
    answer,
  };
}

const proof = (
  ports: EndPorts,
  act: 'resource-deprecated' | 'resource-retired',
  { latest: { resourceId, version, provider } }: Pick<Standing, 'latest'>,
  actor: Actor,
  digests: Record<string, string>,
) => evidenceOf(ports, act, actor, { resourceId, resourceVersion: version, provider }, digests);
