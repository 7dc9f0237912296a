import { describe, expect, test } from '@jest/globals';
import { newsOf } from '../../functions/duties/domain/telling.ts';
import type { StoredDuty } from '../../schemas/stored/duties.ts';
import { anAgreement, department } from '../support/builders.ts';
import { addDays } from '../../functions/kernel/time.ts';
import { authorities } from './cases.ts';

const aDuty = (changes: Partial<StoredDuty> = {}): StoredDuty => ({
  duty: 'reply-to-request',
  by: department('quality'),
  to: [department('tax')],
  about: { agreementId: anAgreement().agreementId },
  since: '2026-12-01',
  due: '2026-12-15',
  binding: true,
  source: 'a rule',
  ...changes,
});

/** What is told day by day by looks that all take place, as `day event department`. */
function toldUntil(last: string, duty: StoredDuty): readonly string[] {
  const lines: string[] = [];
  let told: string | undefined;
  for (let today = duty.since; today <= last; today = addDays(today, 1)) {
    const news = newsOf(told === undefined ? duty : { ...duty, told }, today, authorities);
    lines.push(...news.map(({ on, event, to }) => `${on} ${event} ${to}`));
    told = today;
  }
  return lines;
}

describe('over the weeks', () => {
  test.each<[string, StoredDuty, string, readonly string[]]>([
    [
      'the debtor is reminded, then told each week, its creditor and the authority once',
      aDuty(),
      '2027-01-01',
      [
        '2026-12-10 reminder quality',
        '2026-12-15 due quality',
        '2026-12-16 overdue quality',
        '2026-12-16 overdue tax',
        '2026-12-22 escalated eitc',
        '2026-12-23 overdue quality',
        '2026-12-30 overdue quality',
      ],
    ],
    [
      'a short term has no reminder ahead',
      aDuty({ due: '2026-12-02' }),
      '2026-12-03',
      ['2026-12-02 due quality', '2026-12-03 overdue quality', '2026-12-03 overdue tax'],
    ],
    [
      'a reminder comes when it begins, too, and nothing after its day',
      aDuty({ duty: 'renewal', binding: false }),
      '2027-01-01',
      ['2026-12-01 reminder quality', '2026-12-10 reminder quality', '2026-12-15 due quality'],
    ],
    [
      'the next dataset is not asked for ahead of its day',
      aDuty({ duty: 'provide' }),
      '2026-12-15',
      ['2026-12-15 due quality'],
    ],
    [
      'an authority that owes it is not told of itself',
      aDuty({ duty: 'file', by: department('eitc'), to: [department('tax'), department('quality')] }),
      '2026-12-22',
      [
        '2026-12-10 reminder eitc',
        '2026-12-15 due eitc',
        '2026-12-16 overdue eitc',
        '2026-12-16 overdue tax',
        '2026-12-16 overdue quality',
      ],
    ],
  ])('%s', (_case, duty, last, expected) => {
    expect(toldUntil(last, duty)).toEqual(expected);
  });
});

test('a second look on the same day tells nothing', () => {
  expect(newsOf({ ...aDuty(), told: '2026-12-16' }, '2026-12-16', authorities)).toEqual([]);
});

test('after a standstill the newest of what was missed is told, to each whom it concerns', () => {
  const lines = newsOf({ ...aDuty(), told: '2026-12-01' }, '2027-01-01', authorities).map(
    ({ on, event, to }) => `${on} ${event} ${to}`,
  );
  expect(lines).toEqual(['2026-12-30 overdue quality', '2026-12-16 overdue tax', '2026-12-22 escalated eitc']);
});

test('nothing is to be said about a last day at the end of the calendar', () => {
  expect(newsOf(aDuty({ duty: 'first-delivery', due: '9999-12-31' }), '2026-12-01', authorities)).toEqual([]);
});
