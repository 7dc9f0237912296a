import type { DepartmentId, NoticeId } from '../../schemas/contracts/ids.ts';
import type { EventNotice, OutgoingNotice } from '../../schemas/contracts/notices.ts';
import { derivedId } from './digest.ts';

/** Of a union `Omit` keeps only what all have in common: each kind of notice by itself. */
type WithoutId<Notice> = Notice extends unknown ? Omit<Notice, 'noticeId'> : never;

/**
 * A notice to a department, to be committed with what it tells of.
 * @param of what happened, to be told once: e.g. the agreement's id and the length of its history
 */
export const noticeTo = (
  to: DepartmentId,
  of: readonly (string | number)[],
  notice: WithoutId<EventNotice>,
): OutgoingNotice => ({
  to,
  notice: { ...notice, noticeId: derivedId('notice', to, notice.type, notice.event, ...of) as NoticeId },
});
