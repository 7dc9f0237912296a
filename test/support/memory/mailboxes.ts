import type { DeliveryWork } from '../../../schemas/contracts/messages.ts';
import type { DeliveryNotice } from '../../../schemas/contracts/notices.ts';
import type { Mailboxes, WorkQueue } from '../../../functions/delivery/ports.ts';

export interface MemoryMailboxes extends Mailboxes {
  readonly notices: DeliveryNotice[];
  noticesOf(consumer: string): readonly DeliveryNotice[];
  /** This consumer's queue fails from now on, until it is undefined again. */
  breakDown(consumer: string | undefined): void;
}

export function memoryMailboxes(): MemoryMailboxes {
  const sent: { consumer: string; notice: DeliveryNotice }[] = [];
  const notices: DeliveryNotice[] = [];
  let broken: string | undefined;
  return {
    notices,
    noticesOf: (consumer) => sent.filter((one) => one.consumer === consumer).map(({ notice }) => notice),
    breakDown: (consumer) => {
      broken = consumer;
    },
    async send(consumer, notice) {
      if (consumer === broken) throw new Error('the queue does not exist');
      sent.push({ consumer, notice });
      notices.push(notice);
    },
  };
}

export interface MemoryWorkQueue extends WorkQueue {
  /** Sent and not yet taken. */
  readonly messages: { readonly provider: string; readonly work: DeliveryWork }[];
}

export function memoryWorkQueue(): MemoryWorkQueue {
  const messages: { provider: string; work: DeliveryWork }[] = [];
  return {
    messages,
    async send({ provider, message }) {
      messages.push({ provider, work: structuredClone(message) });
    },
  };
}
