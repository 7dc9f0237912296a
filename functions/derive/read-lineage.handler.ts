import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { dayIn } from '../kernel/time.ts';
import { mayReadAll, partOf, wholeLineage } from './domain/shown.ts';
import type { ReadPorts } from './ports.ts';

export const readLineageHandler = ({ facts, clock, timeZone }: ReadPorts) =>
  endpoint(routes.readLineage, async ({ caller, params }) => {
    const version = (await facts.resource(params.resourceId))?.version;
    const lineage = version && (await facts.lineage(version.resourceId, version.version));
    if (!version || !lineage) return refuse('not-found');
    const today = dayIn(timeZone, clock.now());
    if (mayReadAll(version, caller))
      return done(wholeLineage(version, lineage, (await facts.inherited(version, today)) ?? []));
    const inputs = await facts.inputs(version, today);
    const own = inputs.filter(([, input]) => input?.version.provider === caller.department).map(([name]) => name);
    return own.length > 0 ? done(partOf(wholeLineage(version, lineage, []), new Set(own))) : refuse('not-found');
  });
