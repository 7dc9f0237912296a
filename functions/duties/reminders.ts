import type { DepartmentId } from '../../schemas/contracts/ids.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import { pathOf, places } from '../../schemas/contracts/routes/places.ts';
import type { StoredDuty } from '../../schemas/stored/duties.ts';
import { noticeTo } from '../kernel/notice.ts';
import { newsOf, type News } from './domain/telling.ts';

/**
 * The notices about a duty that are due today. Their ids come from the matter, the duty and the day that they are for:
 * a look that is repeated makes the same ones, and of many debtors of one demand a creditor hears once.
 */
export const remindersOf = (
  duty: StoredDuty,
  today: string,
  authorities: readonly DepartmentId[],
  now: string,
): readonly OutgoingNotice[] => newsOf(duty, today, authorities).map((news) => noticeOf(duty, news, now));

function noticeOf({ duty, due, about }: StoredDuty, { to, event, on }: News, now: string): OutgoingNotice {
  const { agreementId, demandId } = about;
  return noticeTo(to, [agreementId ?? demandId ?? '', duty, due, on], {
    type: 'duty',
    event,
    at: now,
    ...about,
    duty,
    due,
    path: pathFor(duty, about),
  });
}

/** Who is asked for its consent is no party, and reads where its part is used. */
function pathFor(duty: StoredDuty['duty'], { agreementId, demandId, resourceId }: StoredDuty['about']): string {
  if (agreementId === undefined) return pathOf(places.readDemand, { demandId: demandId ?? '' });
  return duty === 'consent' && resourceId !== undefined
    ? pathOf(places.listUses, { resourceId })
    : pathOf(places.readAgreementDuties, { agreementId });
}
