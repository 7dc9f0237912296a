import type { Mailbox } from '../../../clients/node/mailbox.ts';
import type { DeliveryNotice } from '../../../schemas/contracts/notices.ts';

/** A notice, and when it was seen (`performance.now()`). */
export interface Arrival {
  readonly at: number;
  readonly notice: DeliveryNotice;
}

interface Awaited {
  readonly mailbox: Mailbox;
  readonly count: number;
}

const POLL_SECONDS = 20;

/** Watches mailboxes until each has had its deliveries, all different; in the order in which they came. Empties them. */
export function arrivals(awaited: readonly Awaited[], deadlineSeconds: number) {
  const controller = new AbortController();
  const tooLate = Promise.withResolvers<never>();
  const late = setTimeout(
    () => tooLate.reject(new Error(`${arrived.size} notices and no more came within ${deadlineSeconds} s`)),
    deadlineSeconds * 1000,
  );
  const arrived = new Map<string, Arrival>();
  const watch = async ({ mailbox, count }: Awaited) => {
    for (let seen = 0; seen < count;)
      for (const received of await mailbox.pollAll(POLL_SECONDS, { signal: controller.signal })) {
        const { notice } = received;
        if (notice.type === 'delivery') {
          if (!arrived.has(notice.deliveryId)) seen += 1;
          arrived.set(notice.deliveryId, arrived.get(notice.deliveryId) ?? { at: performance.now(), notice });
        }
        await mailbox.remove(received);
      }
  };
  return {
    all: Promise.race([Promise.all(awaited.map(watch)), tooLate.promise]).then(() =>
      [...arrived.values()].toSorted((a, b) => a.at - b.at),
    ),
    stop: () => {
      clearTimeout(late);
      controller.abort();
      for (const { mailbox } of awaited) mailbox.close();
    },
  };
}
