import type { Delivery } from '../../schemas/contracts/deliveries.ts';

/** What following needs to know of a delivery: a notice says it, and so does the history. */
export type Followed = Pick<
  Delivery,
  | 'deliveryId'
  | 'comparisonId'
  | 'termsVersion'
  | 'datasetVersion'
  | 'content'
  | 'baseDatasetVersion'
  | 'rows'
  | 'changes'
>;

/** What a copy is of. */
export type Standing = Pick<Delivery, 'termsVersion' | 'datasetVersion'>;

/** `apply` it now; `drop` it, the copy has more; `hold` it until what comes before it is there. */
export type Step = 'apply' | 'drop' | 'hold';

/** What a delivery is to a copy (PROTOCOL.md, Following changes). Later terms begin anew, with a snapshot. */
export function stepFor(copy: Standing | undefined, delivery: Followed): Step {
  // The result of a comparison is no copy of the resource.
  if (delivery.comparisonId !== undefined) return 'drop';
  if (copy && !isNewer(delivery, copy)) return 'drop';
  if (delivery.content === 'snapshot') return 'apply';
  const isNext = delivery.termsVersion === copy?.termsVersion && delivery.baseDatasetVersion === copy.datasetVersion;
  return isNext ? 'apply' : 'hold';
}

const isNewer = (delivery: Standing, copy: Standing): boolean =>
  delivery.termsVersion === copy.termsVersion
    ? delivery.datasetVersion > copy.datasetVersion
    : delivery.termsVersion > copy.termsVersion;

/** Of those that can be applied the one that leads furthest: the newest snapshot spares what comes before it. */
export function nextOf<T extends Followed>(copy: Standing | undefined, held: Iterable<T>): T | undefined {
  const applicable = [...held].filter((delivery) => stepFor(copy, delivery) === 'apply');
  const snapshots = applicable.filter(({ content }) => content === 'snapshot');
  const [first, ...others] = snapshots.length > 0 ? snapshots : applicable;
  return others.reduce<T | undefined>((best, one) => (best && isNewer(best, one) ? best : one), first);
}
