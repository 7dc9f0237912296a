import type { Mailbox, Received } from '../../node/mailbox.ts';
import { routes } from '../../protocol/routes.ts';
import { told } from '../terminal/told.ts';
import { of, type WatchEvent } from './events.ts';
import { HIDDEN_SECONDS, Holding } from './holding.ts';
import { dueOf, newestFirst, type Due } from './order.ts';
import { Retries } from './pauses.ts';
import { processDelivery, type Consumer } from './process-delivery.ts';
import { inRounds } from './rounds.ts';

export interface WatchOptions extends Consumer {
  readonly mailbox: Mailbox;
  /** Only this resource. */
  readonly resourceId?: string | undefined;
  /** Leaves when there is nothing more. */
  readonly once: boolean;
  readonly stopping: AbortSignal;
  readonly tell: (event: WatchEvent) => void;
}

/** Notices come at once; from time to time the hub's own history finds those that got lost. */
const REPLAY_MS = 10 * 60_000;
const LONGEST_POLL_SECONDS = 20;
/** A notice of another resource is left for whoever handles that one. */
const NOT_OURS_SECONDS = 5;

/** A consumer's daemon: everything that is delivered goes through `processDelivery`, one after the other. */
export class Watch {
  readonly #options: WatchOptions;
  readonly #holding: Holding;
  readonly #retries = new Retries<Due>(() => performance.now());
  /** Without a receipt, so the history lists them for ever. */
  readonly #skipped = new Set<string>();
  /** Agreements that are suspended, as was told. */
  readonly #suspended = new Set<string>();
  /** Agreements whose edits are somebody else's. */
  readonly #left = new Set<string>();
  #replayAt = 0;
  #failures = 0;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#holding = new Holding(options.mailbox);
  }

  /** Until it is stopped (or, `once`, until there is nothing more); how many deliveries failed. */
  async run(): Promise<number> {
    const { stopping, tell } = this.#options;
    try {
      await inRounds({ round: () => this.#round(), stopping, tell });
    } finally {
      await this.#holding.close();
    }
    return this.#failures;
  }

  /** What is owed, what is to be tried again, what has come; whether there may be more. */
  async #round(): Promise<boolean> {
    const { once } = this.#options;
    if (performance.now() >= this.#replayAt) await this.#replay();
    if (!once) for (const due of this.#retries.due()) await this.#attempt(due);
    const received = await this.#poll();
    return !once || received > 0;
  }

  async #replay(): Promise<void> {
    const { client, resourceId, stopping } = this.#options;
    const owed: Due[] = [];
    for await (const delivery of client.list(routes.listDeliveries, { query: { receipt: 'none', resourceId } })) {
      const due = dueOf(delivery);
      if (due && this.#isWhole(due) && this.#isOpen(due)) owed.push(due);
    }
    for (const due of newestFirst(owed, (each) => each)) if (!stopping.aborted) await this.#attempt(due, true);
    this.#replayAt = performance.now() + REPLAY_MS;
  }

  /** Edits are no dataset to run a program on: whoever follows the agreement takes them in their order. */
  #isWhole(due: Due): boolean {
    // The result of a comparison is for whoever sent the list.
    if (due.comparisonId !== undefined) return false;
    if (due.content === 'snapshot') return true;
    if (!this.#left.has(due.agreementId)) this.#options.tell({ event: 'left', ...of(due) });
    this.#left.add(due.agreementId);
    return false;
  }

  #isOpen({ deliveryId }: Due): boolean {
    return !this.#skipped.has(deliveryId) && this.#retries.secondsLeft(deliveryId) === 0;
  }

  async #poll(): Promise<number> {
    const { mailbox, stopping, once } = this.#options;
    const seconds = once ? 1 : this.#retries.nextIn(LONGEST_POLL_SECONDS);
    const batch = await mailbox.poll(seconds, { hiddenFor: HIDDEN_SECONDS, signal: stopping });
    this.#holding.hold(batch);
    let ours = 0;
    for (const received of newestFirst(batch, ({ notice }) => notice)) {
      if (stopping.aborted) break;
      if (await this.#take(received)) ours += 1;
    }
    return ours;
  }

  /** Whether the message was one of ours and is settled. */
  async #take(received: Received): Promise<boolean> {
    const { notice } = received;
    const { resourceId, once } = this.#options;
    const wait = this.#retries.secondsLeft(notice.deliveryId);
    if ((resourceId !== undefined && notice.resourceId !== resourceId) || !this.#isWhole(notice)) {
      await this.#holding.putBack(received, once ? 0 : NOT_OURS_SECONDS);
      return false;
    }
    if (wait === 0 && (await this.#attempt(notice))) {
      await this.#holding.remove(received);
      return true;
    }
    await this.#holding.putBack(received, Math.max(1, this.#retries.secondsLeft(notice.deliveryId)));
    return false;
  }

  /** Whether the delivery is settled. `silent`: found in the history, where what is skipped stays listed. */
  async #attempt(due: Due, silent = false): Promise<boolean> {
    const { tell } = this.#options;
    try {
      const event = await processDelivery(this.#options, due);
      if (event?.event === 'suspended') return this.#rests(event, due);
      this.#retries.settled(due.deliveryId);
      if (event?.event === 'processed') this.#suspended.delete(due.agreementId);
      if (event?.event === 'skipped') this.#skipped.add(due.deliveryId);
      if (event && !(silent && event.event === 'skipped')) tell(event);
      return true;
    } catch (fault) {
      const { tries, seconds: retryInSeconds } = this.#retries.failed(due.deliveryId, due);
      if (tries === 1) this.#failures += 1;
      const { what, why } = told(fault);
      tell({ event: 'failed', reason: [what, why].filter(Boolean).join(' '), tries, retryInSeconds, ...of(due) });
      return false;
    }
  }

  /** No failure: it is tried again, less and less often, until somebody lifts the suspension. */
  #rests(event: WatchEvent, due: Due): false {
    this.#retries.failed(due.deliveryId, due);
    if (!this.#suspended.has(due.agreementId)) this.#options.tell(event);
    this.#suspended.add(due.agreementId);
    return false;
  }
}
