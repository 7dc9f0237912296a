import { expect, test } from '@jest/globals';
import { owedSince } from '../../functions/delivery/domain/owed-since.ts';
import { anAgreement, type AgreementChanges } from '../support/builders.ts';

const plannedAt = '2026-12-10T08:00:05.000Z';
const committedAt = '2026-12-10T08:00:00.000Z';
test.each<[string, NonNullable<AgreementChanges['terms']>, string, string]>([
  ['each arrival, filed before', {}, '2026-12-09T01:00:00.000Z', committedAt],
  ['each arrival, filed after the commit', {}, '2026-12-10T08:00:01.000Z', plannedAt],
  ['each arrival, from the next day on', { validFrom: '2026-12-11' }, '2026-12-09T01:00:00.000Z', plannedAt],
  [
    'each arrival, from the same day on, in the hub’s time zone',
    { validFrom: '2026-12-10' },
    '2026-12-09T01:00:00.000Z',
    committedAt,
  ],
  ['a daily time', { frequency: 'daily', at: '16:00' }, '2026-12-09T01:00:00.000Z', plannedAt],
])('a consumer that follows %s', (_, changes, filedAt, since) => {
  const active = anAgreement({
    state: 'active',
    terms: { validFrom: '2026-12-01', frequency: 'on-arrival', ...changes },
  });
  const history = active.history.map((entry) => (entry.action === 'file' ? { ...entry, at: filedAt } : entry));
  expect(owedSince({ plannedAt }, { ...active, history }, { committedAt }, 'Asia/Shanghai')).toBe(since);
});

test.each([
  ['each arrival, committed before the suspension', {}, committedAt, '2026-12-12T01:00:00.000Z'],
  [
    'a daily time, planned before the suspension',
    { frequency: 'daily', at: '16:00' },
    committedAt,
    '2026-12-12T01:00:00.000Z',
  ],
  ['each arrival, committed after the resumption', {}, '2026-12-12T02:00:00.000Z', '2026-12-12T02:00:00.000Z'],
] as const)('nobody waits for the hub while the agreement is suspended: %s', (_, changes, committed, since) => {
  const active = anAgreement({ state: 'active', terms: { validFrom: '2026-12-01', ...changes } });
  const act = (at: string, action: 'suspend' | 'resume') => ({ at, by: active.provider, action });
  const history = [
    ...active.history,
    act('2026-12-11T01:00:00.000Z', 'suspend'),
    act('2026-12-12T01:00:00.000Z', 'resume'),
  ];
  const planned = committed === committedAt ? plannedAt : committed;
  expect(owedSince({ plannedAt: planned }, { ...active, history }, { committedAt: committed }, 'Asia/Shanghai')).toBe(
    since,
  );
});
