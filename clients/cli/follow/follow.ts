import { setTimeout as pause } from 'node:timers/promises';
import { Follower, type DeliverySource } from '../../protocol/follow.ts';
import type { Followed } from '../../protocol/following.ts';
import { RefusedError } from '../../protocol/hub-client.ts';
import type { Mailbox, Received } from '../../protocol/mailbox.ts';
import { Failure } from '../failure.ts';
import { told } from '../told.ts';
import { HIDDEN_SECONDS, Holding } from '../watch/holding.ts';
import { pauseAfter } from '../watch/pauses.ts';
import type { FollowEvent } from './events.ts';
import type { FileCopy } from './file-copy.ts';

export interface FollowOptions {
  readonly copy: FileCopy;
  readonly source: DeliverySource;
  readonly mailbox: Mailbox;
  readonly agreementId: string;
  /** @throws Failure once the agreement has ended: nothing comes any more. */
  readonly mustBeInForce: () => Promise<void>;
  /** Leaves when there is nothing more. */
  readonly once: boolean;
  readonly stopping: AbortSignal;
  readonly tell: (event: FollowEvent) => void;
}

/** Notices make it quick; the history makes it certain, from time to time and whenever one seems to be missing. */
const HEAL_MS = 10 * 60_000;
const POLL_SECONDS = 20;
/** Longer than notices usually take to overtake one another. */
const HELD_SECONDS = 30;
const NOT_OURS_SECONDS = 5;

/** A daemon that keeps a copy exact: of each delivery in its turn, whatever order notices come in. */
export class Follow {
  readonly #options: FollowOptions;
  readonly #holding: Holding;
  #follower: Follower<FileCopy>;
  #healAt = 0;
  #isWhole = false;

  constructor(options: FollowOptions) {
    this.#options = options;
    this.#holding = new Holding(options.mailbox);
    this.#follower = this.#anew();
  }

  /** Until it is stopped (or, `once`, until there is nothing more); whether all that was released is applied. */
  async run(): Promise<boolean> {
    const { stopping } = this.#options;
    try {
      // What does not work at the very start is said and ends it; later it is waited for.
      let again = await this.#round();
      for (let faults = 0; again && !stopping.aborted;) {
        try {
          again = await this.#round();
          faults = 0;
        } catch (fault) {
          if (hasEnded(fault)) throw fault;
          if (!stopping.aborted) await this.#wait(fault, (faults += 1));
        }
      }
    } catch (fault) {
      if (!stopping.aborted) throw fault;
    } finally {
      await this.#holding.close();
    }
    return this.#isWhole;
  }

  #anew(): Follower<FileCopy> {
    return new Follower(this.#options.copy, this.#options.source);
  }

  /** What went wrong is made good from the history. */
  async #wait(fault: unknown, faults: number): Promise<void> {
    const { stopping, tell } = this.#options;
    const retryInSeconds = Math.min(60, pauseAfter(faults));
    const { what, why } = told(fault);
    tell({ event: 'waiting', reason: [what, why].filter(Boolean).join(' '), retryInSeconds });
    this.#follower = this.#anew();
    this.#healAt = 0;
    await pause(retryInSeconds * 1000, undefined, { signal: stopping }).catch(() => {});
  }

  /** Whether there may be more. */
  async #round(): Promise<boolean> {
    if (performance.now() >= this.#healAt) await this.#heal();
    const ours = await this.#poll();
    // Whatever waits may have lost the one before it.
    if (this.#follower.held > 0) await this.#heal();
    return !this.#options.once || ours > 0;
  }

  async #heal(): Promise<void> {
    this.#isWhole = await this.#follower.heal();
    await this.#options.mustBeInForce();
    this.#healAt = performance.now() + HEAL_MS;
  }

  async #poll(): Promise<number> {
    const { mailbox, stopping, once } = this.#options;
    const batch = await mailbox.poll(once ? 1 : POLL_SECONDS, { hiddenFor: HIDDEN_SECONDS, signal: stopping });
    this.#holding.hold(batch);
    let ours = 0;
    for (const received of batch) {
      if (stopping.aborted) break;
      if (await this.#take(received)) ours += 1;
    }
    return ours;
  }

  /** Whether the notice was one of ours. */
  async #take(received: Received): Promise<boolean> {
    const { agreementId, once } = this.#options;
    const { notice } = received;
    if (notice.agreementId !== agreementId) {
      await this.#holding.putBack(received, once ? 0 : NOT_OURS_SECONDS);
      return false;
    }
    if ((await this.#follower.take(notice)) !== 'held') await this.#holding.remove(received);
    else await this.#hold(received, notice);
    return true;
  }

  async #hold(received: Received, { deliveryId, datasetVersion, baseDatasetVersion }: Followed): Promise<void> {
    this.#options.tell({ event: 'held', deliveryId, datasetVersion, baseDatasetVersion });
    await this.#holding.putBack(received, HELD_SECONDS);
  }
}

/** Nothing can be fetched any more, today or later. */
const hasEnded = (fault: unknown): boolean =>
  fault instanceof Failure || (fault instanceof RefusedError && fault.problem.code === 'agreement-not-active');
