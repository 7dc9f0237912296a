import * as z from 'zod';
import { CalendarDate } from '../contracts/ids.ts';
import years from './working-days.json' with { type: 'json' };

/** The State Council's arrangement of one year: public holidays, and the days at weekends that are worked for them. */
const Arrangement = z.strictObject({
  source: z.string().min(1),
  holidays: z.array(z.strictObject({ name: z.string().min(1), from: CalendarDate, to: CalendarDate })),
  worked: z.array(CalendarDate),
});

/** By year; what follows from them stands in functions/kernel/working-days.ts. */
export const arrangements = z.record(z.string().regex(/^\d{4}$/), Arrangement).parse(years);
