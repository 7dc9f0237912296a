import { routes } from '../../schemas/contracts/routes.ts';
import { traceOf } from '../kernel/about.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { actorOf } from '../kernel/evidence.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { mayRead } from '../reading/oversight.ts';
import { decided } from './domain/decide.ts';
import { shownTo } from './domain/shown.ts';
import { proven, told } from './proven.ts';
import { shownAgain } from './shown-again.ts';
import type { Compare } from './stores.ts';

type Ports = Pick<Compare, 'comparisons' | 'queue' | 'clock' | 'ids' | 'log'>;

/** The provider's word on a run. Allowed, it is queued; where that is lost the sweeper does it. */
export const decideComparison = (ports: Ports) =>
  endpoint(
    routes.decideComparison,
    async (call) => {
      const { caller, params, body } = call;
      const comparison = await ports.comparisons.find(params.comparisonId);
      if (!comparison || !mayRead(comparison, caller)) return refuse('not-found');
      const outcome = decided(comparison, caller.department, body, ports.clock.now());
      if (!outcome.ok) return outcome;
      const next = outcome.value;
      call.note(traceOf(next));
      const [act, event] =
        next.state === 'received'
          ? (['comparison-approved', 'approved'] as const)
          : (['comparison-declined', 'declined'] as const);
      const committed = await ports.comparisons.replace(next, comparison, {
        evidence: proven(ports, act, actorOf(caller), next),
        notices: [told(ports, next.consumer, event, next, caller.department)],
        answer: call.refer({ comparisonId: next.comparisonId }),
      });
      if (!committed) return refuse('changed-meanwhile');
      if (next.state === 'received')
        await ports.queue
          .send(next)
          .catch((error: unknown) => ports.log.warn('not queued', { ...traceOf(next), error }));
      return done(shownTo(next, caller.department));
    },
    shownAgain(ports),
  );
