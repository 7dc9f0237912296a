import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { HubClock } from '../../../infra/local/clock.ts';
import { runSchedule } from '../../../infra/local/wiring/schedules.ts';
import { scriptedPool, succeeded } from './scripted-pool.ts';

beforeEach(() => void jest.useFakeTimers({ now: new Date('2026-12-01T00:00:00Z') }));
afterEach(() => void jest.useRealTimers());

function movableClock(): HubClock {
  let ahead = 0;
  const listeners: (() => void)[] = [];
  return {
    now: () => new Date(Date.now() + ahead),
    offset: () => ahead,
    before: () => [],
    advance: (milliseconds) => {
      ahead += milliseconds;
      for (const listener of listeners) listener();
    },
    onAdvance: (listener) => void listeners.push(listener),
  };
}

const schedule = (expression: string, pool = scriptedPool()) => ({
  pool,
  schedule: {
    name: 's',
    arn: 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/s',
    expression,
    timezone: 'UTC',
    input: undefined,
    pool,
  },
});

const goingOn = { resuming: true, ticking: true };

test('of a hub that goes on fires at the start, then whenever it is due', async () => {
  const { pool, schedule: every } = schedule('rate(1 minute)');
  const running = runSchedule(every, movableClock(), goingOn);
  expect(pool.events).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(59_000);
  expect(pool.events).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(121_000);
  expect(pool.events).toHaveLength(4);
  await running.stop();
  await jest.advanceTimersByTimeAsync(600_000);
  expect(pool.events).toHaveLength(4);
});

test('of a hub that begins waits for its first moment', async () => {
  const { pool, schedule: every } = schedule('rate(1 minute)');
  const running = runSchedule(every, movableClock(), { ...goingOn, resuming: false });
  await jest.advanceTimersByTimeAsync(59_000);
  expect(pool.events).toHaveLength(0);
  await jest.advanceTimersByTimeAsync(1_000);
  expect(pool.events).toHaveLength(1);
  await running.stop();
});

test('after a jump of the clock it fires once, however many moments were passed, and keeps its beat', async () => {
  const clock = movableClock();
  const { pool, schedule: daily } = schedule('cron(0 2 * * ? *)');
  const running = runSchedule(daily, clock, goingOn);
  await jest.advanceTimersByTimeAsync(0);
  clock.advance(3 * 86_400_000);
  await jest.advanceTimersByTimeAsync(0);
  expect(pool.events).toHaveLength(2);
  clock.advance(3_600_000);
  expect(pool.events).toHaveLength(2);
  clock.advance(3_600_000);
  await jest.advanceTimersByTimeAsync(0);
  expect(pool.events).toHaveLength(3);
  await running.stop();
});

test('where it does not tick it fires when the clock is moved, and then only if it is due', async () => {
  const clock = movableClock();
  const { pool, schedule: every } = schedule('rate(1 minute)');
  const running = runSchedule(every, clock, { resuming: false, ticking: false });
  await jest.advanceTimersByTimeAsync(600_000);
  expect(pool.events).toHaveLength(0);
  clock.advance(1_000);
  await jest.advanceTimersByTimeAsync(0);
  expect(pool.events).toHaveLength(1);
  clock.advance(30_000);
  await jest.advanceTimersByTimeAsync(0);
  expect(pool.events).toHaveLength(1);
  clock.advance(30_000);
  expect(pool.events).toHaveLength(2);
  await running.stop();
});

test('a run that is still going on is not joined by a second one; what fell due meanwhile runs after it', async () => {
  let end = () => undefined as void;
  const { pool, schedule: every } = schedule(
    'rate(1 minute)',
    scriptedPool((_, nth) => (nth === 1 ? new Promise((resolve) => (end = () => resolve(succeeded()))) : succeeded())),
  );
  const running = runSchedule(every, movableClock(), goingOn);
  await jest.advanceTimersByTimeAsync(180_000);
  expect(pool.events).toHaveLength(1);
  end();
  await jest.advanceTimersByTimeAsync(0);
  expect(pool.events).toHaveLength(2);
  await running.stop();
});

test('its event is what Scheduler sends, or the input of the template', async () => {
  const plain = schedule('rate(1 hour)');
  const withInput = schedule('rate(1 hour)');
  await runSchedule(plain.schedule, movableClock(), goingOn).stop();
  await runSchedule({ ...withInput.schedule, input: '{"do":"it"}' }, movableClock(), goingOn).stop();
  expect(plain.pool.events[0]).toMatchObject({
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    time: '2026-12-01T00:00:00Z',
    account: '000000000000',
  });
  expect(withInput.pool.events).toEqual([{ do: 'it' }]);
});
