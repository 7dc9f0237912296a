import { describe, expect, test } from '@jest/globals';
import type { StreamRecord } from '../../functions/stream/route.handler.ts';
import { anId } from '../support/builders.ts';
import { inState } from './an-upload.ts';
import { anIntake, second } from './hub.ts';

const id = anId(500);

const changed = (kind: string, from: string | undefined, to: string, more: object = {}): StreamRecord => ({
  dynamodb: {
    NewImage: { kind: { S: kind }, uploadId: { S: id }, state: { S: to }, ...more },
    ...(from !== undefined && { OldImage: { state: { S: from } } }),
  },
});

/** One upload, and changes of the same resource that wait behind it. */
function waiting() {
  const hub = anIntake();
  hub.arrived('code\n', { uploadId: id, sequence: 1 });
  hub.arrived('{"code":"A1"}\n', { uploadId: second, sequence: 2, content: 'changes', format: 'ndjson' });
  hub.give({ upload: inState.accepted({ uploadId: id, sequence: 1 }) });
  return hub;
}

describe('what a change of the table begins', () => {
  test.each<[string, StreamRecord, object[]]>([
    ['an upload that is accepted', changed('upload', 'checking', 'accepted'), [{ uploadId: second }, { uploadId: id }]],
    ['one that is refused', changed('upload', 'checking', 'refused'), [{ uploadId: second }]],
    ['one that is declined', changed('upload', 'held', 'refused'), [{ uploadId: second }]],
    ['one that expires', changed('upload', 'awaiting', 'refused'), [{ uploadId: second }]],
    ['one that is set back', changed('upload', 'checking', 'received'), [{ uploadId: id }]],
    ['one that is claimed', changed('upload', 'received', 'checking'), []],
    ['a lease that is renewed', changed('upload', 'checking', 'checking'), []],
    ['one that is held', changed('upload', 'checking', 'held'), []],
    ['one that is posted, whose message its call sends', changed('upload', undefined, 'received'), []],
    ['one that arrives, whose message receive sends', changed('upload', 'awaiting', 'received'), []],
    ['one that is confirmed, whose message its call sends', changed('upload', 'held', 'received'), []],
    ['one that is profiled', changed('upload', 'accepted', 'accepted'), []],
    [
      'a segment that is to be checked again',
      changed('upload-segment', 'checked', 'received', { number: { N: '7' } }),
      [{ uploadId: id, segment: 7 }],
    ],
    ['a segment that is claimed', changed('upload-segment', 'received', 'checking', { number: { N: '7' } }), []],
    ['another item', changed('dataset', 'checking', 'accepted'), []],
    ['an item that is deleted', { dynamodb: {} }, []],
  ])('%s', async (_, change, sent) => {
    const hub = waiting();
    await hub.follow(change);
    expect(hub.queue.sent).toEqual(sent.map((message) => ({ provider: 'quality', ...message })));
  });

  test('of a large upload that is accepted no profile: the sweeper has it made a minute later', async () => {
    const hub = waiting();
    hub.give({ upload: inState.accepted({ uploadId: id, sequence: 1, bytes: 9 * 1024 ** 2, unprofiled: 0 }) });
    await hub.follow(changed('upload', 'checking', 'accepted'));
    expect(hub.queue.sent).toEqual([{ provider: 'quality', uploadId: second }]);
  });
});

test('what is told twice, or late, finds nothing left to do', async () => {
  const hub = waiting();
  const record = changed('upload', 'checking', 'accepted');
  await hub.follow(record, record);
  await hub.drain();
  const done = [...hub.store.evidence];
  expect(done).not.toEqual([]);
  await hub.follow(record);
  await hub.drain();
  expect(hub.store.evidence).toEqual(done);
});

test('where the queue fails the record is told again, and no word of it is in the log', async () => {
  const hub = waiting();
  const works = { ...hub.queue };
  hub.queue.send = () => Promise.reject(new Error('13800138000'));
  const record = changed('upload', 'checking', 'accepted');
  expect((await hub.follow(record, changed('upload', 'received', 'checking'))).batchItemFailures).toHaveLength(1);
  expect(JSON.stringify(hub.log.lines)).not.toContain('13800138000');
  Object.assign(hub.queue, works);
  await hub.follow(record);
  expect(hub.queue.sent).toHaveLength(2);
});

test('an upload that the table does not have (any more) is told by its id, and holds nobody up', async () => {
  const hub = anIntake();
  expect(await hub.follow(changed('upload', 'checking', 'refused'))).toEqual({ batchItemFailures: [] });
  expect(hub.log.lines).toMatchObject([{ level: 'warn', about: { uploadId: id, code: 'upload-refused' } }]);
});
