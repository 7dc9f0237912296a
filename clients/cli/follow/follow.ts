import { Follower, type DeliverySource } from '../../protocol/follow.ts';
import type { Followed } from '../../protocol/following.ts';
import { RefusedError } from '../../protocol/hub-client.ts';
import type { Mailbox, Received } from '../../protocol/mailbox.ts';
import { Failure } from '../failure.ts';
import { HIDDEN_SECONDS, Holding } from '../watch/holding.ts';
import { inRounds } from '../watch/rounds.ts';
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
    const { stopping, tell } = this.#options;
    try {
      await inRounds({ round: () => this.#round(), stopping, tell, isFinal: hasEnded, recover: () => this.#recover() });
    } finally {
      await this.#holding.close();
    }
    return this.#isWhole;
  }

  #anew(): Follower<FileCopy> {
    return new Follower(this.#options.copy, this.#options.source);
  }

  /** What went wrong is made good from the history. */
  #recover(): void {
    this.#follower = this.#anew();
    this.#healAt = 0;
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
