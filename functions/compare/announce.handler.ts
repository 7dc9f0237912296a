import type { AnnouncedComparison } from '../../schemas/contracts/comparisons.ts';
import type { ComparisonId } from '../../schemas/contracts/ids.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { ComparisonIn, StoredComparison } from '../../schemas/stored/comparisons.ts';
import { traceOf } from '../kernel/about.ts';
import { endpoint, type Call } from '../kernel/endpoint.ts';
import { actorOf } from '../kernel/evidence.ts';
import { Fault } from '../kernel/fault.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { quotaOn, waitForDay } from '../kernel/quota.ts';
import { dayIn } from '../kernel/time.ts';
import { ofMode, usedUnder } from '../reading/used-under.ts';
import { announced, announcementProblems, sentUntil } from './domain/announcement.ts';
import { proven } from './proven.ts';
import type { Compare, ListObjects } from './stores.ts';

type Ports = Pick<Compare, 'facts' | 'comparisons' | 'lists' | 'runKeys' | 'clock' | 'ids' | 'timeZone'>;

/** A run is counted with its announcement, whatever becomes of it: none is had for nothing. */
export const announceComparison = (ports: Ports) =>
  endpoint(
    routes.announceComparison,
    async (call) => {
      const { caller, body } = call;
      const at = ports.clock.now();
      const found = (await ports.facts.agreement(body.agreementId))?.value;
      const used = usedUnder(found, caller, dayIn(ports.timeZone, at), ofMode('comparison'));
      if (!used.ok) return used;
      const { agreement, terms } = used.value;
      const violations = announcementProblems(body, terms);
      if (violations.length > 0) return refuse('invalid-comparison', { violations: [...violations] });

      const comparisonId = ports.ids.next() as ComparisonId;
      const sealedKey = body.blind && (await ports.runKeys.seal(comparisonId, body.blind.key));
      const comparison = announced(body, agreement, terms, { comparisonId, sealedKey, session: caller.session, at });
      call.note(traceOf(comparison));
      return announce(ports, call, comparison, terms.runsPerDay);
    },
    async (_call, { comparisonId }) => {
      const comparison = await ports.comparisons.find(comparisonId as ComparisonId);
      if (!comparison) throw new Fault(`comparison ${comparisonId} is not there`);
      return done(await answerOf(ports.lists, comparison));
    },
  );

async function announce(
  ports: Ports,
  call: Call<typeof routes.announceComparison>,
  comparison: ComparisonIn<'awaiting'>,
  runsPerDay: number,
) {
  const { comparisonId, agreementId, announcedAt: at } = comparison;
  const quota = quotaOn(`comparisons#${agreementId}`, runsPerDay, ports.timeZone, at);
  const outcome = await ports.comparisons.announce(comparison, quota, {
    evidence: proven(ports, 'comparison-announced', actorOf(call.caller), comparison),
    answer: call.refer({ comparisonId }),
  });
  if (outcome === 'announced') return done(await answerOf(ports.lists, comparison));
  if (outcome === 'answered') return refuse('changed-meanwhile');
  return outcome === 'quota-exceeded'
    ? refuse('quota-exceeded', { waitMs: waitForDay(quota, ports.timeZone, at) })
    : refuse('agreement-not-active');
}

async function answerOf(
  lists: Pick<ListObjects, 'putUrl'>,
  comparison: StoredComparison,
): Promise<AnnouncedComparison> {
  const { comparisonId, key, list, announcedAt } = comparison;
  return { comparisonId, put: await lists.putUrl(key, list, announcedAt), expiresAt: sentUntil(announcedAt) };
}
