import { routes } from '../../schemas/contracts/routes.ts';
import { traceOf } from '../kernel/about.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { actorOf } from '../kernel/evidence.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { mayRead } from '../reading/oversight.ts';
import { cancelled } from './domain/end.ts';
import { shownTo } from './domain/shown.ts';
import { proven, told } from './proven.ts';
import { shownAgain } from './shown-again.ts';
import type { Compare } from './stores.ts';

type Ports = Pick<Compare, 'comparisons' | 'clock' | 'ids'>;

/** A run that is under way loses its lease with this, and its result; the sweeper removes the list. */
export const cancelComparison = (ports: Ports) =>
  endpoint(
    routes.cancelComparison,
    async (call) => {
      const { caller, params } = call;
      const comparison = await ports.comparisons.find(params.comparisonId);
      if (!comparison || !mayRead(comparison, caller)) return refuse('not-found');
      const outcome = cancelled(comparison, caller.department, ports.clock.now());
      if (!outcome.ok) return outcome;
      const next = outcome.value;
      call.note(traceOf(next));
      const wasAsked = comparison.state === 'awaiting-approval';
      const committed = await ports.comparisons.replace(next, comparison, {
        evidence: proven(ports, 'comparison-cancelled', actorOf(caller), next),
        notices: wasAsked ? [told(ports, next.provider, 'cancelled', next, caller.department)] : [],
        answer: call.refer({ comparisonId: next.comparisonId }),
      });
      return committed ? done(shownTo(next, caller.department)) : refuse('changed-meanwhile');
    },
    shownAgain(ports),
  );
