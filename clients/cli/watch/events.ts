import type { Due } from './order.ts';
import type { WaitingEvent } from './rounds.ts';

type Of = Pick<Due, 'deliveryId' | 'agreementId' | 'resourceId' | 'datasetVersion'>;

/** What a watch tells while it works: one line each. */
export type WatchEvent =
  | ({ readonly event: 'processed'; readonly file: string; readonly rows: number; readonly seconds: number } & Of)
  /** Processed before an interruption; only the receipt was owed. */
  | ({ readonly event: 'receipt' } & Of)
  | ({ readonly event: 'skipped'; readonly reason: 'older' | 'ended' } & Of)
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
