import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import { restsOnOf } from '../../datasets/rests-on.ts';
import { sourcesState } from '../../datasets/sources.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { dayIn } from '../../kernel/time.ts';
import { goesBeyond } from '../../reading/derivation/inheritance/problems.ts';
import type { Officer } from '../../reading/oversight.ts';
import { awaitedFor } from '../domain/consents.ts';
import type { Chosen } from './chosen.ts';
import type { ViewPorts } from './ports.ts';

type Ports = Pick<ViewPorts, 'agreements' | 'inheritedOn' | 'clock' | 'timeZone'>;

/**
 * Whether a derived dataset may be shown under some terms, as far as its sources go: to anybody while they stand and allow
 * it, to the consumer once those who have to consent to exactly these terms do. Any other dataset may.
 */
export async function bySources(
  { agreements, inheritedOn, clock, timeZone }: Ports,
  { agreement, version }: Chosen,
  dataset: StoredDataset,
  by: Officer,
): Promise<Outcome<undefined, 'nothing-to-preview' | 'not-yours-to-preview'>> {
  const restsOn = restsOnOf(dataset);
  if (restsOn.length === 0) return done(undefined);
  const today = dayIn(timeZone, clock.now());
  const state = await sourcesState(restsOn, async (id) => (await agreements.find(id))?.value, today);
  if (state !== 'standing') return withdrawn;
  const inherited = await inheritedOn(dataset.resourceId, dataset.resourceVersion, today);
  if (goesBeyond(version.terms, inherited)) return exceeded;
  const isAwaited = by.department !== agreement.provider && awaitedFor(agreement, version, inherited).length > 0;
  return isAwaited ? refuse('not-yours-to-preview', { detail: awaited }) : done(undefined);
}

const withdrawn = refuse('nothing-to-preview', {
  detail:
    'What the data in force were derived of is not granted any more, or not now: nothing of them would be delivered.',
});
const exceeded = refuse('nothing-to-preview', {
  detail: 'By now these terms go further than what the data are derived of allows: nothing of them would be delivered.',
});
const awaited =
  'A consumer sees what terms on derived data cover once every department has consented to them that has to.';
