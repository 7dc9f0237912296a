import { routes } from '../../../schemas/contracts/routes.ts';
import { digestOf } from '../../kernel/digest.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { actorOf } from '../../kernel/evidence.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { answered } from './answer-publication.ts';
import { readAtStake } from './at-stake.ts';
import { lineageOf } from './derived.ts';
import { graceUntil } from '../domain/grace.ts';
import { mayPublish, publish } from '../domain/publish.ts';
import type { Ports } from '../ports.ts';
import { publicationOf } from './publication.ts';

export const publishHandler = (ports: Ports) =>
  endpoint(
    routes.publishResource,
    async ({ caller, params: { resourceId }, body: { breaking, graceDays, ...definition } }) => {
      const { resources, clock, timeZone } = ports;
      const standing = await resources.standing(resourceId);
      const latest = standing?.latest;
      // Before anything is read that hangs on the resource.
      if (!mayPublish(latest, definition, caller.department)) return refuse('not-the-provider');
      if (standing?.retiredAt !== undefined) return refuse('resource-retired');
      const at = clock.now();
      const outcome = publish(latest, {
        resourceId,
        definition,
        breakingAccepted: breaking === 'accepted',
        graceUntil: graceUntil(timeZone, at, graceDays),
        atStake: await readAtStake(ports, latest, digestOf(definition)),
        by: caller.department,
        at,
      });
      if (!outcome.ok) return outcome;
      const { version } = outcome.value;
      if (version === latest) return done(await answered(resources, version));
      const lineage = await lineageOf(ports, resourceId, definition);
      if (!lineage.ok) return lineage;
      const publication = publicationOf(ports, outcome.value, actorOf(caller), lineage.value);
      const stored = await resources.publish(publication);
      // Two calls with one definition at the same time are one publication; with two definitions the later one must look again.
      const winner = stored ?? (await resources.latest(resourceId));
      return winner?.digest === version.digest ? done(await answered(resources, winner)) : refuse('changed-meanwhile');
    },
  );
