import { addDays, dayIn } from '../../kernel/time.ts';

/** Days in which agreements that a version breaks can be amended, where the publisher names no other number. */
const DEFAULT_GRACE_DAYS = 90;

/** The last day of grace, in the hub's time zone: `days` after the day of publication. */
export const graceUntil = (timeZone: string, now: string, days = DEFAULT_GRACE_DAYS): string =>
  addDays(dayIn(timeZone, now), days);
