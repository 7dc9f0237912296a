import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { BreakingMark } from '../../../schemas/stored/catalog.ts';
import { breaks } from '../../reading/changes/touches.ts';
import { effectsOf, type AtStake } from './compare.ts';
import { impactOf, type Effect } from './stakes.ts';

/** A mark of a thousand agreements is one stored item (DynamoDB holds 400 KB an item); names take their share of this many bytes. */
const MAX_MARK_BYTES = 240_000;

/**
 * Whom a version breaks, and whom it repairs, for the agreements' own clock; undefined where it does neither. An agreement
 * that it breaks is named with all that its terms have lost by now.
 */
export function markOf(
  latest: ResourceVersion,
  definition: ResourceDefinition,
  atStake: AtStake,
  graceUntil: string,
): BreakingMark | undefined {
  const effects = effectsOf(latest, definition, atStake);
  const broken = effects.filter(isBroken);
  const repaired = effects.filter(isRepaired).map(({ stake }) => stake.agreementId);
  if (broken.length === 0 && repaired.length === 0) return undefined;
  const share = MAX_MARK_BYTES / broken.length;
  return {
    resourceId: latest.resourceId,
    resourceVersion: latest.version + 1,
    graceUntil,
    affected: broken.map(({ stake: { agreementId, termsVersion }, touches }) => ({
      agreementId,
      termsVersion,
      fields: within(share, [...new Set(touches.filter(breaks).flatMap(({ fields }) => fields))]),
    })),
    ...(repaired.length > 0 && { repaired }),
  };
}

/** In another way than an earlier version did. */
const isBroken = (effect: Effect): boolean => impactOf(effect)?.verdict === 'breaking';

const isRepaired = ({ stake, touches, already }: Effect): boolean =>
  stake.inForce && already.some(breaks) && !touches.some(breaks);

/** The first names that together stay within so many bytes. */
function within(bytes: number, names: readonly string[]): string[] {
  let left = bytes;
  return names.filter((name) => (left -= new TextEncoder().encode(name).length + 4) >= 0);
}
