import { routes } from '../../schemas/contracts/routes.ts';
import type { StoredOfficerDay } from '../../schemas/stored/lookups.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done } from '../kernel/outcome.ts';
import { seesAll } from '../reading/oversight.ts';
import { shownDay, signsOf } from './domain/officer-day.ts';
import type { Lookups } from './ports.ts';

/** For whose data it is, and all for overseers. */
export const watchLookups = ({ lookups }: { readonly lookups: Pick<Lookups, 'daysOf'> }) =>
  endpoint(routes.watchLookups, async ({ caller, query }) => {
    const overseer = seesAll(caller);
    const { sign } = query;
    const isWanted = (day: StoredOfficerDay): boolean => {
      if (sign === undefined) return true;
      const signs = signsOf(day);
      return sign === 'any' ? signs.length > 0 : signs.includes(sign);
    };
    const { items, cursor } = await lookups.daysOf(overseer ? 'all' : caller.department, query, isWanted);
    return done({ items: items.map((day) => shownDay(day, overseer)), ...(cursor !== undefined && { cursor }) });
  });
