import { expect, test } from '@jest/globals';
import { nextDueOf } from '../../../infra/local/wiring/schedule-expression.ts';

const start = new Date('2026-12-01T00:00:30Z');

test.each([
  ['rate(1 minute)', 'UTC', '2026-12-01T00:00:30Z', '2026-12-01T00:01:30Z'],
  ['rate(1 minute)', 'UTC', '2026-12-01T00:01:29Z', '2026-12-01T00:01:30Z'],
  ['rate(5 minutes)', 'UTC', '2026-12-01T00:12:00Z', '2026-12-01T00:15:30Z'],
  ['rate(2 hours)', 'UTC', '2026-12-01T03:00:00Z', '2026-12-01T04:00:30Z'],
  ['rate(1 day)', 'UTC', '2026-12-05T00:00:00Z', '2026-12-05T00:00:30Z'],
  ['cron(0 2 * * ? *)', 'UTC', '2026-12-01T00:00:00Z', '2026-12-01T02:00:00Z'],
  ['cron(0 2 * * ? *)', 'Asia/Shanghai', '2026-12-01T00:00:00Z', '2026-12-01T18:00:00Z'],
  ['cron(15 10 ? * 2 *)', 'UTC', '2026-12-01T00:00:00Z', '2026-12-07T10:15:00Z'],
  ['cron(0 8 1 * ? *)', 'UTC', '2026-12-01T09:00:00Z', '2027-01-01T08:00:00Z'],
  ['at(2026-12-24T18:00:00)', 'Asia/Shanghai', '2026-12-01T00:00:00Z', '2026-12-24T10:00:00Z'],
])('%s in %s, after %s, is due at %s', (expression, timezone, after, expected) => {
  expect(nextDueOf(expression, timezone, start)(new Date(after))).toEqual(new Date(expected));
});

test('a moment that has passed is never due again', () => {
  expect(nextDueOf('at(2026-11-01T00:00:00)', 'UTC', start)(start)).toBeUndefined();
});

test.each([
  'rate(0 minutes)',
  'rate(1 week)',
  'rate(1.5 hours)',
  'cron(0 2 * * ?)',
  'cron(99 2 * * ? *)',
  'every day',
  '',
])('%j is refused', (expression) => {
  expect(() => nextDueOf(expression, 'UTC', start)).toThrow(/schedule/);
});
