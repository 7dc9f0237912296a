import type { Delivery } from '../../../schemas/contracts/deliveries.ts';
import type { DeliveryNotice } from '../../../schemas/contracts/notices.ts';

/** What a watch has to know of a delivery; notices and the hub's history both say it. */
export type Due = Pick<
  DeliveryNotice,
  | 'deliveryId'
  | 'comparisonId'
  | 'agreementId'
  | 'termsVersion'
  | 'resourceId'
  | 'resourceVersion'
  | 'datasetVersion'
  | 'provider'
  | 'content'
  | 'format'
  | 'rows'
  | 'bytes'
  | 'sha256'
>;

/** How far an agreement has come: the newest delivery that was processed under it. */
export interface Mark {
  readonly deliveryId: string;
  readonly datasetVersion: number;
  readonly termsVersion: number;
  /** The program has succeeded on it; whether the hub knows, too. */
  readonly receipt: boolean;
}

type Position = Pick<Mark, 'datasetVersion' | 'termsVersion'>;

/** Whatever goes out under later terms is newer than anything under earlier ones (PROTOCOL.md, Deliveries). */
const compare = (one: Position, other: Position): number =>
  one.termsVersion - other.termsVersion || one.datasetVersion - other.datasetVersion;

/**
 * Content is a snapshot: what an older one holds, a newer one has replaced. So an older delivery is never processed
 * after a newer one of its agreement.
 */
export function standing(due: Omit<Mark, 'receipt'>, mark: Mark | undefined): 'new' | 'processed' | 'older' {
  if (mark === undefined) return 'new';
  if (due.deliveryId === mark.deliveryId) return 'processed';
  return compare(due, mark) > 0 ? 'new' : 'older';
}

/** Newest first, so that a backlog costs one run for each agreement and not one for each of its datasets. */
export const newestFirst = <T>(items: readonly T[], dueOf: (item: T) => Due): T[] =>
  items.toSorted((one, other) => compare(dueOf(other), dueOf(one)));

/**
 * The history names deliveries that are still on their way, too; they will have their notice. What is void, or may not be
 * kept any longer, is due no more.
 */
export function dueOf(delivery: Delivery): Due | undefined {
  const { rows, bytes, sha256, releasedAt, retentionEndedAt, state } = delivery;
  if (rows === undefined || bytes === undefined || sha256 === undefined || releasedAt === undefined) return undefined;
  return state === 'void' || retentionEndedAt !== undefined ? undefined : { ...delivery, rows, bytes, sha256 };
}
