import type { DepartmentId, NoticeId } from '../../schemas/contracts/ids.ts';
import type { EventNotice, OutgoingNotice } from '../../schemas/contracts/messages.ts';
import { derivedId } from './digest.ts';

/**
 * A notice to a department, to be committed with what it tells of.
 * @param of what happened, to be told once: e.g. the agreement's id and the length of its history
 */
export const noticeTo = (
  to: DepartmentId,
  of: readonly (string | number)[],
  notice: Omit<EventNotice, 'noticeId'>,
): OutgoingNotice => ({
  to,
  notice: { ...notice, noticeId: derivedId('notice', to, notice.type, notice.event, ...of) as NoticeId },
});
