import { DeliveryNotice, EventNotice, LaterNotice } from '../../schemas/contracts/notices.ts';
import { projected } from '../../schemas/stored/loosened.ts';

/** What a mailbox brings: a delivery to fetch, or word of something that happened or is owed. */
export type Notice = DeliveryNotice | EventNotice | LaterNotice;

const [delivery, event] = [projected(DeliveryNotice), projected(EventNotice)];

/**
 * The notice that a message is, as far as an older client knows those of a newer hub: fields that it does not know are left
 * out, and of events that it does not know comes what all have. Undefined where it is none, or of a type that is not known.
 */
export function noticeIn(body: string): Notice | undefined {
  try {
    const message: unknown = JSON.parse(body);
    for (const notice of [delivery, event, LaterNotice]) {
      const parsed = notice.safeParse(message);
      if (parsed.success) return parsed.data;
    }
  } catch {
    // Not JSON: somebody else's message, which is left like any other that is not known.
  }
  return undefined;
}

/** Whether all of it is known, or only that something happened. */
export const isKnown = (notice: EventNotice | LaterNotice): notice is EventNotice => event.safeParse(notice).success;
