import type { Withheld } from '../../protocol/withheld.ts';
import type { Due } from './order.ts';
import type { WaitingEvent } from './rounds.ts';

type Of = Pick<Due, 'deliveryId' | 'agreementId' | 'resourceId' | 'datasetVersion'>;

/** Why a delivery is never fetched: a newer one was processed, or its content is not given out any more. */
export type Skipped = 'older' | Exclude<Withheld, 'suspended'>;

/** What a watch tells while it works: one line each. */
export type WatchEvent =
  | ({ readonly event: 'processed'; readonly file: string; readonly rows: number; readonly seconds: number } & Of)
  /** Processed before an interruption; only the receipt was owed. */
  | ({ readonly event: 'receipt' } & Of)
  | ({ readonly event: 'skipped'; readonly reason: Skipped } & Of)
  /** Nothing is given out while its agreement is suspended: it waits in the mailbox. Told once an agreement. */
  | ({ readonly event: 'suspended' } & Of)
  /** Edits, which no program can take for the whole: `hub follow` applies them. Told once an agreement. */
  | ({ readonly event: 'left' } & Of)
  | ({
      readonly event: 'failed';
      readonly reason: string;
      readonly tries: number;
      readonly retryInSeconds: number;
    } & Of)
  | WaitingEvent;

export const of = ({ deliveryId, agreementId, resourceId, datasetVersion }: Due): Of => ({
  deliveryId,
  agreementId,
  resourceId,
  datasetVersion,
});
