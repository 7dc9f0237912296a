import { describe, expect, test } from '@jest/globals';
import { followed, nextAfter } from '../../functions/intake/domain/follow.ts';
import { followHandler, type TableChange } from '../../functions/intake/follow.handler.ts';
import { anId } from '../support/builders.ts';
import { inState } from './an-upload.ts';
import { anIntake, second } from './hub.ts';

const id = anId(500);

const changed = (kind: string, from: string | undefined, to: string, more: object = {}): TableChange => ({
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
  test.each<[string, TableChange, object[]]>([
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
    await followHandler(hub.ports)({ Records: [change] });
    expect(hub.queue.sent).toEqual(sent.map((message) => ({ provider: 'quality', ...message })));
  });

  test('of a large upload that is accepted no profile: the sweeper has it made a minute later', async () => {
    const hub = waiting();
    hub.give({ upload: inState.accepted({ uploadId: id, sequence: 1, bytes: 9 * 1024 ** 2, unprofiled: 0 }) });
    await followHandler(hub.ports)({ Records: [changed('upload', 'checking', 'accepted')] });
    expect(hub.queue.sent).toEqual([{ provider: 'quality', uploadId: second }]);
  });

  test('is told of no change twice', () => {
    const pairs = followed.flatMap(({ kind, from, to }) => from.map((before) => `${kind} ${before} ${to}`));
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(nextAfter({ kind: 'upload', from: 'accepted', to: 'accepted' })).toEqual([]);
  });
});

test.each([
  ['the queue', { send: () => Promise.reject(new Error('13800138000')) }, 2],
  ['nothing', undefined, 0],
])(
  'where %s fails, later records have their turn, no record comes again, and the log says so',
  async (_, queue, warnings) => {
    const hub = waiting();
    const handler = followHandler({ ...hub.ports, ...(queue && { queue }) });
    await handler({ Records: [changed('upload', 'checking', 'accepted'), changed('upload', 'received', 'checking')] });
    expect(hub.log.lines.filter(({ level }) => level === 'warn')).toHaveLength(warnings);
    expect(JSON.stringify(hub.log.lines)).not.toContain('13800138000');
  },
);

test('an upload that the table does not have (any more) is told by its id, and holds nobody up', async () => {
  const hub = anIntake();
  await followHandler(hub.ports)({ Records: [changed('upload', 'checking', 'refused')] });
  expect(hub.log.lines).toMatchObject([{ level: 'warn', about: { uploadId: id, code: 'wake-next' } }]);
});
