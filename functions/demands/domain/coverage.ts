import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { Coverage, Gap, Need } from '../../../schemas/contracts/themes.ts';
import type { StoredDemand } from '../../../schemas/stored/demands.ts';
import { isBehind, isLate, type Newest } from './current.ts';
import { isServed, stateOf, type Progress } from './progress.ts';

/** What is known of a need beside what was said. */
export interface Facts {
  readonly progress: Progress | undefined;
  /** The newest version of the resource that is named for it. */
  readonly resource: ResourceVersion | undefined;
  readonly dataset: Newest | undefined;
}

interface Moment {
  readonly now: string;
  /** The same as a day in the hub's time zone. */
  readonly today: string;
}

/** A need's line on the sheet. */
export function needOf(demand: StoredDemand, facts: Facts, { now, today }: Moment): Need {
  const { progress, resource, dataset } = facts;
  const { demandId, title, demander, mode, frequency, neededBy } = demand;
  const state = stateOf(demand, progress);
  const alive = state === 'negotiating' || state === 'satisfied' ? progress : undefined;
  const gap = gapOf(demand, { progress: alive, resource, dataset }, now);
  const delivery = alive?.delivery;
  const served = alive !== undefined && isServed(alive) && (delivery ?? dataset) !== undefined;
  return {
    demandId,
    title,
    demander,
    state,
    mode,
    frequency,
    ...(neededBy !== undefined && { neededBy }),
    overdue: neededBy !== undefined && neededBy < today && !served && state !== 'withdrawn',
    catalogued: resource !== undefined,
    ...(resource && {
      resourceId: resource.resourceId,
      provider: resource.provider,
      shareType: resource.definition.shareType,
      cataloguedAt: resource.publishedAt,
    }),
    agreed: alive?.agreement.filedAt !== undefined,
    ...(alive && { agreementState: alive.agreement.state }),
    ...(alive?.agreement.filedAt !== undefined && { agreedAt: alive.agreement.filedAt }),
    delivered: served,
    ...delivery,
    current: gap === undefined,
    // How often a resource is renewed is no business of who has no agreement on it.
    ...(alive?.agreement.filedAt !== undefined && dataset && { datasetAt: dataset.committedAt }),
    ...(gap !== undefined && { gap }),
  };
}

/** What is missing first. */
function gapOf(demand: StoredDemand, { progress, resource, dataset }: Facts, now: string): Gap | undefined {
  if (demand.state === 'declined' || demand.state === 'withdrawn') return demand.state;
  if (!resource) return 'not-matched';
  if (!progress) return 'not-agreed';
  const { agreement, delivery } = progress;
  if (agreement.filedAt === undefined) return 'under-negotiation';
  if (agreement.state === 'suspended') return 'suspended';
  if (!isServed(progress) || !dataset) return 'not-delivered';
  if (delivery && isBehind(delivery.datasetVersion, dataset, agreement.frequency, now)) return 'behind';
  return isLate(dataset, resource.definition.updateCycle, now) ? 'source-late' : undefined;
}

/** How many needs have come how far; what was withdrawn is no need any more. */
export function summaryOf(needs: readonly Need[]): Coverage['summary'] {
  const alive = needs.filter(({ state }) => state !== 'withdrawn');
  const count = (is: (need: Need) => boolean) => alive.filter(is).length;
  return {
    needs: alive.length,
    catalogued: count(({ catalogued }) => catalogued),
    agreed: count(({ agreed }) => agreed),
    delivered: count(({ delivered }) => delivered),
    current: count(({ current }) => current),
    overdue: count(({ overdue }) => overdue),
    declined: count(({ state }) => state === 'declined'),
    withdrawn: needs.length - alive.length,
  };
}
