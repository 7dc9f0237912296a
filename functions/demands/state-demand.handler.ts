import type { Demand, DemandBody } from '../../schemas/contracts/demands.ts';
import type { DemandId } from '../../schemas/contracts/ids.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { Theme } from '../../schemas/contracts/themes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse, type Outcome } from '../kernel/outcome.ts';
import { actOf, shownAgain, type Acting } from './act.ts';
import { present } from './domain/progress.ts';
import { belongsTo, standingsOf } from './domain/standing.ts';
import { stateDemand } from './domain/statement.ts';
import { findObtainable } from './found.ts';
import type { Ports } from './ports.ts';

export const stateDemandHandler = (ports: Ports) =>
  endpoint(routes.stateDemand, (call) => state(ports, call, call.body, undefined), shownAgain(ports));

export const stateThemeDemandHandler = (ports: Ports) =>
  endpoint(
    routes.stateThemeDemand,
    async (call) => {
      const theme = await ports.themes.find(call.params.themeId);
      if (!theme) return refuse('theme-not-found');
      if (!belongsTo(theme.value, call.caller.department)) return refuse('not-a-member');
      return state(ports, call, call.body, theme.value);
    },
    shownAgain(ports),
  );

async function state(
  ports: Ports,
  { caller, refer }: Acting,
  body: DemandBody,
  theme: Theme | undefined,
): Promise<Outcome<Demand, 'invalid-demand' | 'changed-meanwhile'>> {
  const outcome = stateDemand({
    demandId: ports.ids.next() as DemandId,
    demander: caller.department,
    ...(theme && { themeId: theme.themeId }),
    body,
    resource: body.resourceId === undefined ? undefined : await findObtainable(ports, body.resourceId),
    at: ports.clock.now(),
  });
  if (!outcome.ok) return outcome;
  const demand = outcome.value;
  const reader = { department: caller.department, standings: standingsOf(demand, theme, caller) };
  const shown = present(demand, undefined, reader);
  const added = await ports.demands.add(
    actOf(ports, 'demand-stated', demand, caller, refer({ demandId: demand.demandId })),
  );
  if (added === 'full') return refuse('invalid-demand', { violations: [full] });
  return added === 'added' ? done(shown) : refuse('changed-meanwhile');
}

const full = {
  path: '',
  rule: 'theme-full',
  message: 'a theme takes at most 1,000 demands: state this one in another, or in none',
};
