import { expect, test } from '@jest/globals';
import { aHub, aNotice } from './hub.ts';

const minutesLater = (minutes: number) =>
  new Date(Date.parse('2026-12-01T01:00:00.000Z') + minutes * 60_000).toISOString();

test('a notice whose event was lost is sent after a minute', async () => {
  const hub = aHub();
  hub.commit(aNotice());
  hub.clock.set('2026-12-01T01:00:59.999Z');
  await hub.sweep();
  expect(hub.told).toEqual([]);
  hub.clock.set(minutesLater(1));
  await hub.sweep();
  expect(hub.told).toHaveLength(1);
  expect(hub.metrics.counts).toEqual({ NoticesSent: 1, SweptLate: 1 });
});

test('a mailbox that fails is tried at growing pauses, until it takes the notice', async () => {
  const hub = aHub();
  hub.commit(aNotice());
  hub.mailboxes.breakDown('tax');
  const triedAt: number[] = [];
  for (let minute = 1; minute <= 100; minute++) {
    hub.clock.set(minutesLater(minute));
    const before = hub.metrics.counts.NoticesFailed ?? 0;
    await hub.sweep();
    if ((hub.metrics.counts.NoticesFailed ?? 0) > before) triedAt.push(minute);
  }
  expect(triedAt).toEqual([1, 2, 4, 8, 16, 32, 62, 92]);
  hub.mailboxes.breakDown();
  hub.clock.set(minutesLater(122));
  await hub.sweep();
  expect(hub.told).toHaveLength(1);
});

test('a thousand notices for a mailbox that fails hold up none of another', async () => {
  const hub = aHub();
  hub.commit(...Array.from({ length: 1000 }, (_, number) => aNotice(number)), aNotice(1, 'press'));
  hub.mailboxes.breakDown('tax');
  hub.clock.set(minutesLater(1));
  await hub.sweep();
  expect(hub.mailboxes.told.map(({ to }) => to)).toEqual(['press']);
});

test('a table that fails for one notice keeps no other from its turn, and is logged', async () => {
  const hub = aHub();
  hub.commit(aNotice(1), aNotice(2));
  hub.outbox.find = async (id) => {
    if (id === aNotice(1).notice.noticeId) throw new Error('the table does not answer');
    return hub.outbox.items.get(id)?.message;
  };
  hub.clock.set(minutesLater(1));
  await hub.sweep();
  expect(hub.told).toHaveLength(1);
  expect(hub.log.lines.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
    'sweep failed',
  ]);
});
