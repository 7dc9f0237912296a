import type { Span } from '../../../schemas/registry/deadlines.ts';
import { addDays } from '../../kernel/time.ts';
import { addWorkingDays, isProvisional } from '../../kernel/working-days.ts';

/** A span that begins on a day: its last day, and whether holidays that nobody has announced yet may move that. */
export interface Term {
  readonly since: string;
  readonly due: string;
  readonly provisional: boolean;
}

/** The term of a span; the day on which it begins does not count. */
export const termOf = (since: string, span: Span): Term =>
  'working' in span
    ? endingOn(since, addWorkingDays(since, span.working), true)
    : endingOn(since, addDays(since, span.calendar), false);

/** The term that ends on a date that something else says. */
export const endingOn = (since: string, due: string, countsWorkingDays = false): Term => ({
  since,
  due,
  provisional: countsWorkingDays && isProvisional(since, due),
});
