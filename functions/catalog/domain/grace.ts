import { dayIn } from '../../kernel/day.ts';

/** Days in which agreements that a version breaks can be amended, where the publisher names no other number. */
export const DEFAULT_GRACE_DAYS = 90;

const MS_A_DAY = 86_400_000;

/** The last day of grace, in the hub's time zone: `days` after the day of publication. */
export function graceUntil(timeZone: string, now: string, days = DEFAULT_GRACE_DAYS): string {
  const today = Date.parse(`${dayIn(timeZone, now)}T00:00:00Z`);
  return new Date(today + days * MS_A_DAY).toISOString().slice(0, 10);
}
