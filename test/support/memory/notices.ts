import type { EventNotice, OutgoingNotice } from '../../../schemas/contracts/notices.ts';
import type { NoticeMailboxes, Outbox } from '../../../functions/notices/ports.ts';

type Members<Notice> = Notice extends unknown ? keyof Notice : never;

/** Whatever a notice has, of any kind. */
export const membersOf = (notice: EventNotice): Readonly<Partial<Record<Members<EventNotice>, unknown>>> => notice;

export interface MemoryOutbox extends Outbox {
  /** By id, with the time at which the sweep looks at it. */
  readonly items: ReadonlyMap<string, { readonly message: OutgoingNotice; readonly at: string }>;
  /** Committed with an act. */
  give(message: OutgoingNotice): void;
}

export function memoryOutbox(): MemoryOutbox {
  const items = new Map<string, { readonly message: OutgoingNotice; readonly at: string }>();
  return {
    items,
    give(message) {
      const at = new Date(Date.parse(message.notice.at) + 60_000).toISOString();
      items.set(message.notice.noticeId, { message, at });
    },
    find: async (id) => items.get(id)?.message,
    async *due(until) {
      const late = [...items.values()].filter(({ at }) => at <= until).sort((a, b) => (a.at < b.at ? -1 : 1));
      for (const { message } of late) yield message.notice.noticeId;
    },
    async postpone(id, at) {
      const item = items.get(id);
      if (item) items.set(id, { ...item, at });
    },
    forget: async (id) => void items.delete(id),
  };
}

export interface MemoryNoticeMailboxes extends NoticeMailboxes {
  readonly told: { readonly to: string; readonly notice: EventNotice }[];
  /** These departments' queues fail from now on. */
  breakDown(...departments: string[]): void;
}

export function memoryNoticeMailboxes(): MemoryNoticeMailboxes {
  const told: { to: string; notice: EventNotice }[] = [];
  let broken: readonly string[] = [];
  return {
    told,
    breakDown: (...departments) => {
      broken = departments;
    },
    async send(to, notice) {
      if (broken.includes(to)) throw new Error('the queue does not exist');
      told.push({ to, notice });
    },
  };
}
