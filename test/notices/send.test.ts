import { describe, expect, test } from '@jest/globals';
import { aHub, aNotice, streamRecord } from './hub.ts';

const told = (...notices: ReturnType<typeof aNotice>[]) => notices.map(({ to, notice }) => `${to} ${notice.noticeId}`);

describe('what the stream tells of', () => {
  test('is put into its mailbox and forgotten', async () => {
    const hub = aHub();
    const [one, two] = [aNotice(1), aNotice(2, 'press')];
    expect(await hub.send(...hub.commit(one, two))).toEqual({ batchItemFailures: [] });
    expect(hub.told).toEqual(told(one, two));
    expect(hub.mailboxes.told[0]?.notice).toEqual(one.notice);
    expect(hub.outbox.items.size).toBe(0);
    expect(hub.metrics.counts).toEqual({ NoticesSent: 2 });
  });

  test('is sent once, however often the stream tells of it', async () => {
    const hub = aHub();
    const records = hub.commit(aNotice());
    await hub.send(...records, ...records);
    await hub.send(...records);
    expect(hub.told).toEqual(told(aNotice()));
  });

  test.each([
    ['a notice that was only postponed', streamRecord(aNotice(), true)],
    ['an item of another kind', { dynamodb: { SequenceNumber: '1', NewImage: { kind: { S: 'agreement' } } } }],
    ['an item that is gone', { dynamodb: { SequenceNumber: '1' } }],
  ])('is left alone where it is %s', async (_case, record) => {
    const hub = aHub();
    hub.commit(aNotice());
    expect(await hub.send(record)).toEqual({ batchItemFailures: [] });
    expect(hub.told).toEqual([]);
  });
});

describe('a mailbox that fails', () => {
  test('holds up no other, and leaves its notice to the sweep', async () => {
    const hub = aHub();
    hub.mailboxes.breakDown('tax');
    const [failing, other] = [aNotice(1), aNotice(2, 'press')];
    expect(await hub.send(...hub.commit(failing, other))).toEqual({ batchItemFailures: [] });
    expect(hub.told).toEqual(told(other));
    expect([...hub.outbox.items.keys()]).toEqual([failing.notice.noticeId]);
    expect(hub.metrics.counts).toEqual({ NoticesFailed: 1, NoticesSent: 1 });
  });

  test('is named in the log by its department and the notice’s ids, without words', async () => {
    const hub = aHub();
    hub.mailboxes.breakDown('tax');
    await hub.send(...hub.commit(aNotice()));
    expect(hub.log.lines.filter(({ level }) => level === 'warn')).toMatchObject([
      { message: 'notice not sent', about: { department: 'tax', noticeId: aNotice().notice.noticeId } },
    ]);
  });
});

test('what the hub itself could not do is reported, and comes again', async () => {
  const hub = aHub();
  const [first, second] = hub.commit(aNotice(1), aNotice(2));
  hub.outbox.find = async (id) => {
    if (id === aNotice(1).notice.noticeId) throw new Error('the table does not answer');
    return hub.outbox.items.get(id)?.message;
  };
  const { batchItemFailures } = await hub.send(first!, second!);
  expect(batchItemFailures).toEqual([{ itemIdentifier: first?.dynamodb?.SequenceNumber }]);
  expect(hub.told).toEqual(told(aNotice(2)));
});

test('a sender that dies before it forgets sends the same notice again', async () => {
  const hub = aHub();
  const records = hub.commit(aNotice());
  hub.outbox.forget = () => Promise.reject(new Error('died'));
  await hub.send(...records);
  await hub.send(...records);
  expect(hub.told).toEqual(told(aNotice(), aNotice()));
});
