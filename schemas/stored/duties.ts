import * as z from 'zod';
import { Duty, DutyId, Matter } from '../contracts/duties.ts';
import { CalendarDate, DepartmentId, Instant } from '../contracts/ids.ts';

/** When to look again at what is owed about something: every act sets it to now. */
export const StoredWatch = z.object({ ...Matter.shape, nextAt: Instant });
export type StoredWatch = z.infer<typeof StoredWatch>;

/** A duty as it was found at the last look; whether it is overdue follows from the day. */
export const StoredDuty = Duty.omit({ overdue: true }).extend({
  /** The day up to which debtor, creditors and authority have been told of it. */
  told: CalendarDate.optional(),
});
export type StoredDuty = z.infer<typeof StoredDuty>;

/** All that was owed about something at the last look. */
export const StoredDuties = z.strictObject({
  ...Matter.shape,
  duties: z.array(StoredDuty),
  /** Up to here in the consumer's history no delivery of the agreement is without a receipt. */
  receivedUpTo: z.int().min(0).default(0),
});
export type StoredDuties = z.infer<typeof StoredDuties>;

/** An entry of the lists of debtors and creditors: what to look at, not what is so. */
export const StoredOwing = z.strictObject({
  ...Matter.shape,
  duty: DutyId,
  by: DepartmentId,
  due: CalendarDate,
});
export type StoredOwing = z.infer<typeof StoredOwing>;
