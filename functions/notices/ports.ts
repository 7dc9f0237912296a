import type { DepartmentId, NoticeId } from '../../schemas/contracts/ids.ts';
import type { EventNotice, OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { Hub } from '../kernel/ports.ts';

/** Notices that were committed and not sent yet. */
export interface Outbox {
  /** Strongly consistent; undefined once it was sent. */
  find(id: NoticeId): Promise<OutgoingNotice | undefined>;
  /** Those that should have been sent by now, oldest first: candidates only. */
  due(until: string): AsyncIterable<NoticeId>;
  /** Looks at it later, if it is still there. */
  postpone(id: NoticeId, lookAgainAt: string): Promise<void>;
  /** It was sent. Nothing where that is known already. */
  forget(id: NoticeId): Promise<void>;
}

export interface NoticeMailboxes {
  send(to: DepartmentId, notice: EventNotice): Promise<void>;
}

export interface Ports extends Pick<Hub, 'clock' | 'log' | 'metrics'> {
  readonly outbox: Outbox;
  readonly mailboxes: NoticeMailboxes;
}
