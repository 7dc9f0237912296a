import { Cron } from 'croner';
import { TemplateFault } from '../template/fault.ts';

/** The first moment after `after` at which a schedule is due. */
export type NextDue = (after: Date) => Date | undefined;

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * `rate(5 minutes)`, `cron(0 2 * * ? *)` and `at(2026-12-01T02:00:00)` of EventBridge Scheduler
 * (User Guide, "Schedule types"). Rates count from `start`.
 * @throws TemplateFault for anything else.
 */
export function nextDueOf(expression: string, timezone: string, start: Date): NextDue {
  const [, kind, argument = ''] = /^(rate|cron|at)\((.+)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return rate(argument, expression, start);
  if (kind === 'cron') return cron(argument, expression, timezone);
  if (kind === 'at') return at(argument, timezone);
  throw new TemplateFault(`the local hub does not know the schedule ${expression}`);
}

function rate(argument: string, expression: string, start: Date): NextDue {
  const [, count, unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(argument) ?? [];
  const period = Number(count) * (UNIT_MS[unit] ?? NaN);
  if (!(period > 0)) throw new TemplateFault(`the local hub does not know the schedule ${expression}`);
  return (after) => new Date(start.getTime() + (Math.floor((after.getTime() - start.getTime()) / period) + 1) * period);
}

/** Minutes, hours, day of month, month, day of week (1 is Sunday), year. */
function cron(argument: string, expression: string, timezone: string): NextDue {
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year, ...more] = argument.split(' ');
  if (year === undefined || more.length > 0) throw new TemplateFault(`a cron schedule has six fields: ${expression}`);
  const weekday = dayOfWeek?.replace(/\d+/g, (day) => String(Number(day) - 1));
  try {
    const parsed = new Cron(`0 ${minutes} ${hours} ${dayOfMonth} ${month} ${weekday} ${year}`, {
      timezone,
      paused: true,
    });
    return (after) => parsed.nextRun(after) ?? undefined;
  } catch (cause) {
    throw new TemplateFault(`the local hub does not know the schedule ${expression}`, { cause });
  }
}

function at(moment: string, timezone: string): NextDue {
  const once = new Cron(moment, { timezone, paused: true });
  return (after) => once.nextRun(after) ?? undefined;
}
