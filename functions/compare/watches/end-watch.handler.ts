import type { WatchId } from '../../../schemas/contracts/ids.ts';
import { routes } from '../../../schemas/contracts/routes.ts';
import { traceOf } from '../../kernel/about.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { actorOf } from '../../kernel/evidence.ts';
import { Fault } from '../../kernel/fault.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { mayRead } from '../../reading/oversight.ts';
import { takenBack } from '../domain/watches/end.ts';
import { watchShownTo } from '../domain/watches/shown.ts';
import type { WatchPorts } from './ports.ts';
import { watchProven } from './proven.ts';

/** A look that is under way loses its lease with this; the sweeper removes the keys. */
export const endWatch = (ports: Pick<WatchPorts, 'watches' | 'clock' | 'ids'>) =>
  endpoint(
    routes.endWatch,
    async (call) => {
      const { caller, params } = call;
      const watch = await ports.watches.find(params.watchId);
      if (!watch || !mayRead(watch, caller)) return refuse('not-found');
      const outcome = takenBack(watch, caller.department, ports.clock.now());
      if (!outcome.ok) return outcome;
      const next = outcome.value;
      call.note(traceOf(next));
      const along = {
        evidence: watchProven(ports, 'watch-ended', actorOf(caller), next),
        answer: call.refer({ watchId: next.watchId }),
      };
      return (await ports.watches.replace(next, watch, along, next.finishedAt))
        ? done(watchShownTo(next, caller.department))
        : refuse('changed-meanwhile');
    },
    async ({ caller }, { watchId }) => {
      const watch = await ports.watches.find(watchId as WatchId);
      if (!watch) throw new Fault(`watch ${watchId} is not there`);
      return done(watchShownTo(watch, caller.department));
    },
  );
