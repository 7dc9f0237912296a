import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { dayIn } from '../kernel/time.ts';
import { partOf, useOf, type Part } from '../reading/derivation/uses.ts';
import { mayReadAll } from './domain/shown.ts';
import type { ReadPorts } from './ports.ts';

/** Whoever has no field in a resource does not learn who uses it. */
export const listUsesHandler = ({ facts, clock, timeZone }: ReadPorts) =>
  endpoint(routes.listUses, async ({ caller, params, query }) => {
    const version = (await facts.resource(params.resourceId))?.version;
    const inherited = version && (await facts.inherited(version, dayIn(timeZone, clock.now())));
    if (!version || !inherited) return refuse('not-found');
    const part: Part = mayReadAll(version, caller)
      ? { department: caller.department, fields: new Set(inherited.map(({ field }) => field)) }
      : partOf(inherited, caller.department);
    if (part.fields.size === 0) return refuse('not-found');
    const page = await facts.usesOf(params.resourceId, query, (agreement) => {
      const use = useOf(agreement, part);
      return use.terms.length > 0 ? use : undefined;
    });
    return done({ ...page, items: [...page.items] });
  });
