import type { PresignedPut } from '../../../../schemas/contracts/uploads.ts';
import { persist, type Patience } from './persist.ts';

const PARALLEL = 4;

export interface PartsTransfer {
  /** `renew`: not the URL that just failed. */
  address(part: number, renew: boolean): Promise<PresignedPut>;
  put(part: number, to: PresignedPut, signal: AbortSignal): Promise<void>;
  /** The part is there. */
  sent(part: number): Promise<void>;
}

/**
 * Sends parts, a few at once; each is tried again on faults, with a fresh URL. The first one that does not get through
 * stops the others, and its fault is thrown.
 */
export async function sendParts(
  parts: Iterable<number>,
  transfer: PartsTransfer,
  { pauses, signal }: Patience,
): Promise<void> {
  const queue = parts[Symbol.iterator]();
  const failing = new AbortController();
  const both = AbortSignal.any([signal, failing.signal]);
  const worker = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true && !both.aborted; next = queue.next()) {
      const part = next.value;
      await persist(async (tries) => transfer.put(part, await transfer.address(part, tries > 0), both), {
        pauses,
        signal: both,
      });
      await transfer.sent(part);
    }
  };
  const workers = Array.from({ length: PARALLEL }, async () => {
    try {
      await worker();
    } catch (fault) {
      if (!both.aborted) failing.abort(fault);
      throw fault;
    }
  });
  await Promise.allSettled(workers);
  both.throwIfAborted();
}
