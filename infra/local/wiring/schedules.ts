import { randomUUID } from 'node:crypto';
import type { HubClock } from '../clock.ts';
import type { FunctionPool } from '../runtime/pool.ts';
import type { Stoppable } from './stoppable.ts';
import { nextDueOf, type NextDue } from './schedule-expression.ts';

export interface Schedule {
  readonly name: string;
  readonly arn: string;
  readonly expression: string;
  readonly timezone: string;
  readonly input: string | undefined;
  readonly pool: FunctionPool;
}

/** When schedules of a hub fire. */
export interface Timing {
  /** There was an earlier run on these data: once right at the start. */
  readonly resuming: boolean;
  /** As time passes, too, and not only when the clock is moved. */
  readonly ticking: boolean;
}

/** Timers hold at most 24.8 days, and the machine may sleep: look again at least this often. */
const LOOK_MS = 60_000;

/**
 * Fires by the hub's clock; of a hub that goes on once right at the start, so that what an earlier run left behind is
 * taken up at once. After a jump forward everything that became due meanwhile fires once, not once for each moment
 * passed. One run of a schedule at a time.
 */
export function runSchedule(schedule: Schedule, clock: HubClock, { resuming, ticking }: Timing): Stoppable {
  const next = nextDueOf(schedule.expression, schedule.timezone, clock.now());
  let stopped = false;
  let running: Promise<unknown> | undefined;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let due: Date | undefined;

  const fire = (at: Date): void => {
    if (running) {
      again = true;
      return;
    }
    running = schedule.pool.invoke(eventOf(schedule, at)).finally(() => {
      running = undefined;
      if (!again || stopped) return;
      again = false;
      fire(clock.now());
    });
  };
  const look = (): void => {
    clearTimeout(timer);
    if (stopped) return;
    const now = clock.now();
    if (due && due <= now) fire(due);
    due = upcoming(next, due, now);
    if (due && ticking) timer = setTimeout(look, Math.min(LOOK_MS, due.getTime() - now.getTime()));
  };

  clock.onAdvance(look);
  if (resuming) due = clock.now();
  look();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

const upcoming = (next: NextDue, due: Date | undefined, now: Date): Date | undefined =>
  due === undefined || due <= now ? next(now) : due;

/** What Scheduler sends to a Lambda function without an input of its own. */
function eventOf({ arn, input }: Schedule, at: Date): unknown {
  if (input !== undefined) return JSON.parse(input);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: arn.split(':')[4],
    time: `${at.toISOString().slice(0, 19)}Z`,
    region: arn.split(':')[3],
    resources: [arn],
    detail: '{}',
  };
}
