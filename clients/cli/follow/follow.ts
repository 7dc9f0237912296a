import { Follower, type DeliverySource } from '../../node/follow.ts';
import type { Mailbox, Received } from '../../node/mailbox.ts';
import type { Followed } from '../../protocol/following.ts';
import { SuspendedError } from '../../protocol/withheld.ts';
import { Failure } from '../terminal/failure.ts';
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
  readonly isSuspended: () => Promise<boolean>;
  /** Leaves when there is nothing more. */
  readonly once: boolean;
  readonly stopping: AbortSignal;
  readonly tell: (event: FollowEvent) => void;
}

/** Notices make it quick; the history makes it certain, from time to time and whenever one seems to be missing. */
const HEAL_MS = 10 * 60_000;
/** How often is asked whether a suspension is over; the first notice after it says so, too. */
const SUSPENDED_SECONDS = 5 * 60;
const POLL_SECONDS = 20;
/** Longer than notices usually take to overtake one another. */
const HELD_SECONDS = 30;
const NOT_OURS_SECONDS = 5;

/** A daemon that keeps a copy exact: of each delivery in its turn, whatever order notices come in. */
export class Follow {
  readonly #options: FollowOptions;
  readonly #holding: Holding;
  #follower: Follower<FileCopy>;
  /** What cannot be fetched any more, as was told. */
  readonly #gone = new Set<string>();
  #healAt = 0;
  #isWhole = false;
  #isSuspended = false;

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
    const { copy, source } = this.#options;
    return new Follower(copy, { ...source, content: (deliveryId) => this.#content(deliveryId) });
  }

  async #content(deliveryId: string): ReturnType<DeliverySource['content']> {
    const content = await this.#options.source.content(deliveryId);
    if ('gone' in content && !this.#gone.has(deliveryId)) {
      this.#gone.add(deliveryId);
      this.#options.tell({ event: 'gone', deliveryId, reason: content.gone });
    }
    return content;
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
    if (this.#follower.held > 0 && !this.#isSuspended) await this.#heal();
    return !this.#options.once || ours > 0;
  }

  async #heal(): Promise<void> {
    this.#suspended(await this.#options.isSuspended());
    this.#isWhole = (await this.#unlessSuspended(() => this.#follower.heal())) ?? false;
    this.#healAt = performance.now() + (this.#isSuspended ? SUSPENDED_SECONDS * 1000 : HEAL_MS);
  }

  /** What some work answers; undefined where nothing is given out for now. */
  async #unlessSuspended<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (fault) {
      if (!(fault instanceof SuspendedError)) throw fault;
      this.#suspended(true);
      return undefined;
    }
  }

  /** Said once, each time that it begins. */
  #suspended(isSo: boolean): void {
    const { tell, agreementId } = this.#options;
    if (isSo && !this.#isSuspended) tell({ event: 'suspended', agreementId });
    this.#isSuspended = isSo;
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
    const taken = await this.#unlessSuspended(() => this.#follower.take(notice));
    if (taken === undefined) {
      await this.#holding.putBack(received, once ? 0 : SUSPENDED_SECONDS);
      return false;
    }
    if (taken === 'applied') this.#suspended(false);
    if (taken === 'held') await this.#hold(received, notice);
    else await this.#holding.remove(received);
    return true;
  }

  async #hold(received: Received, { deliveryId, datasetVersion, baseDatasetVersion }: Followed): Promise<void> {
    this.#options.tell({ event: 'held', deliveryId, datasetVersion, baseDatasetVersion });
    await this.#holding.putBack(received, HELD_SECONDS);
  }
}

/** Nothing can be fetched any more, today or later. */
const hasEnded = (fault: unknown): boolean => fault instanceof Failure;
