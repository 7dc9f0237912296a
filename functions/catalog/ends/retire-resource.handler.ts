import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { actorOf } from '../../kernel/evidence.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { cataloguedAgain, cataloguedOf } from '../catalogued.ts';
import { retire } from '../domain/life.ts';
import { retirementOf } from './end-of-resource.ts';
import type { Ports } from '../ports.ts';

export const retireResourceHandler = (ports: Ports) =>
  endpoint(
    routes.retireResource,
    async (call) => {
      const { caller, params, body } = call;
      const standing = await ports.resources.standing(params.resourceId);
      if (!standing) return refuse('not-found');
      const outcome = retire(standing, body.reason, caller.department);
      if (!outcome.ok) return outcome;
      const retiredAt = ports.clock.now();
      const after = cataloguedOf({ ...standing, retiredAt, retirement: outcome.value });
      const end = retirementOf(
        ports,
        standing,
        outcome.value,
        actorOf(caller),
        retiredAt,
        call.refer({ resourceId: params.resourceId }),
      );
      return (await ports.resources.end(end)) ? done(after) : refuse('changed-meanwhile');
    },
    cataloguedAgain(ports),
  );
