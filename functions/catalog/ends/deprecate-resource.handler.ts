import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { actorOf } from '../../kernel/evidence.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { dayIn } from '../../kernel/time.ts';
import { cataloguedAgain, cataloguedOf } from '../catalogued.ts';
import { deprecate } from '../domain/life.ts';
import { deprecationOf } from './end-of-resource.ts';
import type { Ports } from '../ports.ts';

export const deprecateResourceHandler = (ports: Ports) =>
  endpoint(
    routes.deprecateResource,
    async (call) => {
      const { caller, params, body } = call;
      const standing = await ports.resources.standing(params.resourceId);
      if (!standing) return refuse('not-found');
      const at = ports.clock.now();
      const outcome = deprecate(standing, body, {
        by: caller.department,
        at,
        today: dayIn(ports.timeZone, at),
        replacement: body.replacedBy && (await ports.resources.standing(body.replacedBy)),
      });
      if (!outcome.ok) return outcome;
      const after = cataloguedOf({ ...standing, deprecation: outcome.value });
      const end = deprecationOf(
        ports,
        standing,
        outcome.value,
        actorOf(caller),
        call.refer({ resourceId: params.resourceId }),
      );
      return (await ports.resources.end(end)) ? done(after) : refuse('changed-meanwhile');
    },
    cataloguedAgain(ports),
  );
