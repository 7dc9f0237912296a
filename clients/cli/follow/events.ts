import type { ChangeCounts, Delivery } from '../../../schemas/contracts/deliveries.ts';
import type { Gone } from '../../protocol/withheld.ts';
import type { WaitingEvent } from '../watch/rounds.ts';

/** What following tells while it works: one line each. */
export type FollowEvent =
  | ({
      readonly event: 'applied';
      readonly file: string;
      readonly changes?: ChangeCounts | undefined;
      readonly rows?: number | undefined;
      readonly seconds: number;
    } & Pick<Delivery, 'deliveryId' | 'content' | 'datasetVersion'>)
  /** Edits came before those that they rest on. */
  | ({ readonly event: 'held' } & Pick<Delivery, 'deliveryId' | 'datasetVersion' | 'baseDatasetVersion'>)
  /** The copy is not what it was noted as: it is made anew. */
  | { readonly event: 'lost'; readonly reason: 'missing' | 'changed'; readonly file: string }
  /** Nothing is given out for now: the copy stays as it is. */
  | { readonly event: 'suspended'; readonly agreementId: string }
  /** It cannot be fetched any more; what is based on it waits for the next snapshot. */
  | { readonly event: 'gone'; readonly deliveryId: string; readonly reason: Gone }
  /** Nothing that was released is missing; said by `--once`. */
  | { readonly event: 'current'; readonly datasetVersion: number; readonly file: string }
  | WaitingEvent;
