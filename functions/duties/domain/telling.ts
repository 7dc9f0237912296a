import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { EventOf } from '../../../schemas/contracts/notices.ts';
import { deadlines } from '../../../schemas/registry/deadlines.ts';
import type { StoredDuty } from '../../../schemas/stored/duties.ts';
import { addDays } from '../../kernel/time.ts';
import { addWorkingDays } from '../../kernel/working-days.ts';

/** A reminder comes so many working days ahead of the last day. */
const AHEAD = 3;
/** After the last day the debtor is told at once, and again each week. */
const AGAIN_DAYS = 7;
/** So many working days after the last day the authority is told. */
const ESCALATED_AFTER = 5;

/** A day on which something is to be said about a duty. */
interface Moment {
  readonly on: string;
  readonly event: EventOf<'duty'>;
}

/** Something to be said, and to whom. */
export interface News extends Moment {
  readonly to: DepartmentId;
}

/** The days on which something is said about a duty, up to today, in order. */
function momentsOf({ duty, since, due, binding }: StoredDuty, today: string): readonly Moment[] {
  const { ahead, start } = deadlines[duty].remind;
  const moments: Moment[] = [{ on: due, event: 'due' }];
  const early = addWorkingDays(due, -AHEAD);
  if (ahead && early > since) moments.push({ on: early, event: 'reminder' });
  if (start) moments.push({ on: since, event: 'reminder' });
  if (binding) {
    for (let on = addDays(due, 1); on <= today; on = addDays(on, AGAIN_DAYS)) moments.push({ on, event: 'overdue' });
    moments.push({ on: addWorkingDays(due, ESCALATED_AFTER), event: 'escalated' });
  }
  return moments.filter(({ on }) => on <= today).sort((left, right) => (left.on < right.on ? -1 : 1));
}

/**
 * What is to be said about a duty today and was not said before. The debtor hears the newest of what it missed, the
 * creditors that it is overdue, once, and authorities, once, when that has lasted.
 */
export function newsOf(duty: StoredDuty, today: string, authorities: readonly DepartmentId[]): readonly News[] {
  const passed = momentsOf(duty, today).filter(({ on }) => duty.told === undefined || on > duty.told);
  const forDebtor = passed.findLast(({ event }) => event !== 'escalated');
  const firstDay = addDays(duty.due, 1);
  const forCreditors = passed.find(({ on, event }) => event === 'overdue' && on === firstDay);
  const forAuthorities = passed.find(({ event }) => event === 'escalated');
  return [
    ...tell(forDebtor, [duty.by]),
    ...tell(forCreditors, duty.to),
    ...tell(
      forAuthorities,
      authorities.filter((department) => department !== duty.by),
    ),
  ];
}

const tell = (moment: Moment | undefined, departments: readonly DepartmentId[]): readonly News[] =>
  moment ? departments.map((to) => ({ ...moment, to })) : [];
