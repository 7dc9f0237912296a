import { MAX_REPORT_MONTHS, type ReportQuery } from '../../../schemas/contracts/reports.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { lengthOf, monthsBefore, monthsOf } from './months.ts';

export interface Period {
  readonly from: string;
  readonly to: string;
  readonly months: readonly string[];
}

/** The months that a report is about: by default the twelve up to the present one. */
export function periodOf(
  present: string,
  { from: wanted, to: until = present }: Pick<ReportQuery, 'from' | 'to'>,
): Outcome<Period, 'invalid-period'> {
  const from = wanted ?? monthsBefore(until, 11);
  const length = lengthOf(from, until);
  if (length < 1)
    return refuse('invalid-period', { detail: `The period from ${from} to ${until} ends before it begins.` });
  if (length > MAX_REPORT_MONTHS)
    return refuse('invalid-period', {
      detail: `The period has ${length} months; a report is about at most ${MAX_REPORT_MONTHS}.`,
    });
  return done({ from, to: until, months: monthsOf(from, until) });
}
