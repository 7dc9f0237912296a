import { routes } from '../../schemas/contracts/routes.ts';
import { actorOf } from '../kernel/evidence.ts';
import { endpoint } from '../kernel/http.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { publish } from './domain/publish.ts';
import type { Ports } from './ports.ts';
import { publicationOf } from './publication.ts';

export const publishHandler = (ports: Ports) =>
  endpoint(routes.publishResource, async ({ caller, params: { resourceId }, body: { breaking, ...definition } }) => {
    const latest = await ports.resources.latest(resourceId);
    const outcome = publish(latest, {
      resourceId,
      definition,
      breakingAccepted: breaking === 'accepted',
      by: caller.department,
      at: ports.clock.now(),
    });
    if (!outcome.ok || outcome.value === latest) return outcome;
    if (await ports.resources.publish(publicationOf(ports, outcome.value, actorOf(caller)))) return outcome;
    // Two calls with one definition at the same time are one publication; with two definitions the later one must look again.
    const winner = await ports.resources.latest(resourceId);
    return winner?.digest === outcome.value.digest ? done(winner) : refuse('changed-meanwhile');
  });
