import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '../../schemas/contracts/paging.ts';
import { nextOf, stepFor, type Followed, type Standing } from '../protocol/following.ts';
import type { HubClient } from '../protocol/hub-client.ts';
import { RefusedError } from '../protocol/refused.ts';
import { routes } from '../protocol/routes.ts';
import { SuspendedError, whyWithheld, type Gone } from '../protocol/withheld.ts';
import { download, giveReceipt } from './consumer.ts';
import type { Copy } from './copy.ts';

interface DeliveredContent {
  readonly sha256: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** It can never be fetched again: what is based on it waits for the next snapshot. */
interface GoneContent {
  readonly gone: Gone;
}

/** Where deliveries under one agreement come from. */
export interface DeliverySource {
  /**
   * The content, whose digest was found right before its first byte is given out.
   *
   * @throws SuspendedError while nothing is given out
   */
  content(deliveryId: string): Promise<DeliveredContent | GoneContent>;
  receipt(deliveryId: string, sha256: string): Promise<void>;
  /** The agreement's deliveries in order of release, from a cursor on. */
  history(after: string | undefined): Promise<Page<Followed>>;
}

/** What deliveries are applied to: a copy in memory, a file, a table. */
export interface Followable {
  /** Undefined before the first delivery. */
  readonly standing: Standing | undefined;
  /** Applies a delivery whose turn it is, wholly or not at all. */
  apply(delivery: Followed, content: AsyncIterable<Uint8Array>): Promise<void>;
}

/** What became of a notice: one that is held stays in the mailbox, for it is not done with. */
export type Taken = 'applied' | 'dropped' | 'held';

/**
 * Keeps a copy up to date from notices that come in any order, twice, or not at all (PROTOCOL.md, Following changes).
 * One call at a time. A call that throws can be repeated: the copy is of some delivery, never between two.
 */
export class Follower<C extends Followable = Copy> {
  readonly copy: C;
  readonly #source: DeliverySource;
  readonly #held = new Map<string, Followed>();
  readonly #gone = new Map<string, Followed>();
  /** How far the history was read. */
  #cursor: string | undefined;

  constructor(copy: C, source: DeliverySource) {
    this.copy = copy;
    this.#source = source;
  }

  /** How many notices wait for one before them. */
  get held(): number {
    return this.#held.size;
  }

  /** Takes one notice of the agreement, and with it whatever waited for it. */
  async take(notice: Followed): Promise<Taken> {
    if (stepFor(this.copy.standing, notice) === 'drop' || this.#gone.has(notice.deliveryId)) return 'dropped';
    this.#held.set(notice.deliveryId, notice);
    const applied = await this.#advance();
    if (this.#held.has(notice.deliveryId)) return 'held';
    return applied.has(notice.deliveryId) ? 'applied' : 'dropped';
  }

  /**
   * Reads on in the history, for what the mailbox did not bring.
   *
   * @returns whether nothing is missing: where something is, the hub has not released it yet, or it is gone
   */
  async heal(): Promise<boolean> {
    for (;;) {
      const { items, cursor } = await this.#source.history(this.#cursor);
      for (const delivery of items)
        if (!this.#gone.has(delivery.deliveryId)) this.#held.set(delivery.deliveryId, delivery);
      if (cursor === undefined) break;
      this.#cursor = cursor;
    }
    await this.#advance();
    return this.#held.size === 0 && !this.#lacks();
  }

  /** Whether something newer than the copy is gone, and nothing that is there makes up for it. */
  #lacks(): boolean {
    return [...this.#gone.values()].some((delivery) => stepFor(this.copy.standing, delivery) !== 'drop');
  }

  /** Applies what can be, drops what the copy has; what is left is held. */
  async #advance(): Promise<ReadonlySet<string>> {
    const applied = new Set<string>();
    for (;;) {
      for (const delivery of this.#held.values())
        if (stepFor(this.copy.standing, delivery) === 'drop') this.#held.delete(delivery.deliveryId);
      const next = nextOf(this.copy.standing, this.#held.values());
      if (!next) return applied;
      const content = await this.#source.content(next.deliveryId);
      if ('gone' in content) {
        this.#gone.set(next.deliveryId, next);
        this.#held.delete(next.deliveryId);
        continue;
      }
      await this.#source.receipt(next.deliveryId, content.sha256);
      await this.copy.apply(next, content.bytes);
      applied.add(next.deliveryId);
    }
  }
}

/** @param folder for contents while they are applied. */
export const hubSource = (hub: HubClient, agreementId: string, folder: string): DeliverySource => ({
  async content(deliveryId) {
    const file = join(folder, deliveryId);
    try {
      const { sha256 } = await download(hub, deliveryId, file);
      return { sha256, bytes: removedAfter(file) };
    } catch (fault) {
      return { gone: await goneBy(hub, deliveryId, fault) };
    }
  },
  async receipt(deliveryId, sha256) {
    await giveReceipt(hub, deliveryId, sha256);
  },
  history: (after) => hub.call(routes.listDeliveries, { query: { agreementId, after, limit: 100 } }),
});

/** @throws the fault where the content is not gone for good, as a SuspendedError where it is only for now */
async function goneBy(hub: HubClient, deliveryId: string, fault: unknown): Promise<Gone> {
  if (!(fault instanceof RefusedError)) throw fault;
  const delivery = await hub.call(routes.readDelivery, { params: { deliveryId } });
  const why = await whyWithheld(hub, delivery, fault);
  if (why === 'replaced' || why === 'retention-over') return why;
  if (why !== 'suspended') throw fault;
  throw new SuspendedError(`agreement ${delivery.agreementId} is suspended`, { cause: fault });
}

async function* removedAfter(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file) as AsyncIterable<Buffer>;
  } finally {
    await rm(file, { force: true });
  }
}
