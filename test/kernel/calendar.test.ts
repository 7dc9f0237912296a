import { describe, expect, test } from '@jest/globals';
import { latestMoment, nextMoment, type Periodic } from '../../functions/kernel/calendar.ts';
import { startOfDay } from '../../functions/kernel/time.ts';

const shanghai = 'Asia/Shanghai';
const berlin = 'Europe/Berlin';

describe('the newest moment at or before now, and the first after it', () => {
  test.each<[string, Periodic, string, string, string, string, string]>([
    [
      'a day before its time',
      'daily',
      '02:00',
      shanghai,
      '2026-12-01T17:59:59.999Z',
      '2026-11-30T18:00:00.000Z',
      '2026-12-01T18:00:00.000Z',
    ],
    [
      'a day at its time',
      'daily',
      '02:00',
      shanghai,
      '2026-12-01T18:00:00.000Z',
      '2026-12-01T18:00:00.000Z',
      '2026-12-02T18:00:00.000Z',
    ],
    [
      'midnight',
      'daily',
      '00:00',
      shanghai,
      '2026-12-01T15:59:59.000Z',
      '2026-11-30T16:00:00.000Z',
      '2026-12-01T16:00:00.000Z',
    ],
    [
      'an hour takes the minutes only',
      'hourly',
      '02:17',
      shanghai,
      '2026-12-01T05:16:00.000Z',
      '2026-12-01T04:17:00.000Z',
      '2026-12-01T05:17:00.000Z',
    ],
    [
      'an hour in a zone of half hours',
      'hourly',
      '00:10',
      'Asia/Kolkata',
      '2026-12-01T05:00:00.000Z',
      '2026-12-01T04:40:00.000Z',
      '2026-12-01T05:40:00.000Z',
    ],
    [
      'a week on its Monday',
      'weekly',
      '02:00',
      shanghai,
      '2026-11-30T01:00:00.000Z',
      '2026-11-29T18:00:00.000Z',
      '2026-12-06T18:00:00.000Z',
    ],
    [
      'a week on Sunday',
      'weekly',
      '02:00',
      shanghai,
      '2026-11-29T17:59:00.000Z',
      '2026-11-22T18:00:00.000Z',
      '2026-11-29T18:00:00.000Z',
    ],
    [
      'a month from its last day',
      'monthly',
      '02:00',
      shanghai,
      '2027-01-31T12:00:00.000Z',
      '2026-12-31T18:00:00.000Z',
      '2027-01-31T18:00:00.000Z',
    ],
    [
      'a month over February',
      'monthly',
      '23:30',
      shanghai,
      '2028-02-29T20:00:00.000Z',
      '2028-02-01T15:30:00.000Z',
      '2028-03-01T15:30:00.000Z',
    ],
    [
      'a quarter in its third month',
      'quarterly',
      '02:00',
      shanghai,
      '2026-12-31T17:00:00.000Z',
      '2026-09-30T18:00:00.000Z',
      '2026-12-31T18:00:00.000Z',
    ],
    [
      'a quarter over the year',
      'quarterly',
      '02:00',
      shanghai,
      '2027-01-01T00:00:00.000Z',
      '2026-12-31T18:00:00.000Z',
      '2027-03-31T18:00:00.000Z',
    ],
    [
      'summer in Berlin',
      'daily',
      '02:00',
      berlin,
      '2026-07-01T12:00:00.000Z',
      '2026-07-01T00:00:00.000Z',
      '2026-07-02T00:00:00.000Z',
    ],
    [
      'a time that spring skips is an hour later',
      'daily',
      '02:30',
      berlin,
      '2026-03-29T00:45:00.000Z',
      '2026-03-28T01:30:00.000Z',
      '2026-03-29T01:30:00.000Z',
    ],
    [
      'the day after spring is regular',
      'daily',
      '02:30',
      berlin,
      '2026-03-29T01:30:00.000Z',
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ],
    [
      'a time that autumn shows twice is the first',
      'daily',
      '02:30',
      berlin,
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ],
    [
      'its second showing is no moment',
      'daily',
      '02:30',
      berlin,
      '2026-10-25T01:30:00.000Z',
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ],
    [
      'an hour that autumn repeats has its own',
      'hourly',
      '00:30',
      berlin,
      '2026-10-25T00:45:00.000Z',
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:30:00.000Z',
    ],
    [
      'no hour is missing in spring',
      'hourly',
      '00:30',
      berlin,
      '2026-03-29T01:10:00.000Z',
      '2026-03-29T00:30:00.000Z',
      '2026-03-29T01:30:00.000Z',
    ],
  ])('%s', (_case, frequency, at, timeZone, now, latest, next) => {
    expect(latestMoment(frequency, at, timeZone, now)).toBe(latest);
    expect(nextMoment(frequency, at, timeZone, now)).toBe(next);
  });
});

test.each<[Periodic, string, string, string, string, number]>([
  ['daily', '02:30', berlin, '2026-01-01', '2027-01-01', 365],
  ['daily', '00:00', 'Africa/Cairo', '2026-01-01', '2027-01-01', 365],
  ['weekly', '02:30', berlin, '2026-01-01', '2027-01-01', 52],
  ['monthly', '02:30', berlin, '2026-01-01', '2027-01-01', 12],
  ['quarterly', '02:30', berlin, '2026-01-01', '2027-01-01', 4],
  ['hourly', '00:15', berlin, '2026-03-28', '2026-03-31', 71],
  ['hourly', '00:15', berlin, '2026-10-24', '2026-10-27', 73],
])('every period has one moment: %s at %s in %s from %s to %s', (frequency, at, timeZone, first, last, periods) => {
  const end = startOfDay(last, timeZone);
  const moments: string[] = [];
  let moment = new Date(Date.parse(startOfDay(first, timeZone)) - 1).toISOString();
  for (
    moment = nextMoment(frequency, at, timeZone, moment);
    moment < end;
    moment = nextMoment(frequency, at, timeZone, moment)
  ) {
    expect(latestMoment(frequency, at, timeZone, moment)).toBe(moment);
    moments.push(moment);
  }
  expect(moments).toHaveLength(periods);
});

test('a day begins when the clock of its zone says so', () => {
  expect(startOfDay('2026-12-02', shanghai)).toBe('2026-12-01T16:00:00.000Z');
  // Cairo begins summer time at midnight, which its clock skips.
  expect(startOfDay('2026-04-24', 'Africa/Cairo')).toBe('2026-04-23T22:00:00.000Z');
});
