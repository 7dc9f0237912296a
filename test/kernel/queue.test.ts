import { describe, expect, test } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import { Fault } from '../../functions/kernel/fault.ts';
import { consume } from '../../functions/kernel/queue.ts';
import { backoff } from '../../functions/kernel/queue/back-off.ts';
import { IntakeMessage } from '../../schemas/contracts/messages.ts';
import { anId } from '../support/builders.ts';
import { HELD_SECONDS, HOLD_EVERY_SECONDS, held } from '../../functions/kernel/holding.ts';
import { LEASE_SECONDS } from '../../functions/kernel/lease.ts';
import { manualTimer, recordingLog } from '../support/memory/kernel.ts';

const message = (messageId: string, body: unknown, attempt = 1) =>
  ({
    messageId,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: String(attempt) },
  }) as SQSRecord;

/** A queue, and what was said of its messages: which, and for how many seconds it stays hidden. */
function aQueue() {
  const log = recordingLog();
  const timer = manualTimer();
  const hidden: [string, number][] = [];
  const hideFor = async ({ messageId }: SQSRecord, seconds: number) => void hidden.push([messageId, seconds]);
  return { log, timer, hideFor, hidden };
}

const good = (id: number) => ({ uploadId: anId(id) });

test('each message is handled by itself, and only the failed ones are reported', async () => {
  const handled: string[] = [];
  const handle = async ({ uploadId }: IntakeMessage) => {
    if (uploadId === anId(2)) throw new Fault('no');
    handled.push(uploadId);
  };
  const { log, ...queue } = aQueue();
  const answer = await consume(IntakeMessage, handle, { log, ...queue })({
    Records: [message('a', good(1)), message('b', good(2)), message('c', good(3))],
  });
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }] });
  expect(handled).toEqual([anId(1), anId(3)]);
  expect(log.lines).toMatchObject([
    {
      level: 'error',
      message: 'message failed',
      about: { messageId: 'b', uploadId: anId(2), attempts: 1, error: { message: 'no' } },
    },
  ]);
});

test('the messages of a batch do not wait for one another', async () => {
  const { promise: slow, resolve } = Promise.withResolvers<void>();
  const handle = ({ uploadId }: IntakeMessage) => (uploadId === anId(1) ? slow : Promise.resolve(resolve()));
  const { log, hideFor } = aQueue();
  const answer = await consume(IntakeMessage, handle, { log, hideFor })({
    Records: [message('a', good(1)), message('b', good(2))],
  });
  expect(answer).toEqual({ batchItemFailures: [] });
});

describe('a body that is no message', () => {
  test.each([
    ['no JSON', '王秀英,13800138000'],
    ['JSON that breaks off', '{"uploadId":"13800138000'],
    ['another shape', { uploadId: '13800138000', 王秀英: 1 }],
  ])('is reported without a word of what it holds: %s', async (_, body) => {
    const { log, ...queue } = aQueue();
    const never = async () => {
      throw new Error('it was handled');
    };
    expect(await consume(IntakeMessage, never, { log, ...queue })({ Records: [message('a', body)] })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'a' }],
    });
    expect(log.lines).toMatchObject([
      { about: { messageId: 'a', error: { name: expect.stringMatching(/SyntaxError|ZodError/) } } },
    ]);
    expect(JSON.stringify(log.lines)).not.toMatch(/王秀英|13800138000/);
  });
});

test('a failed message comes back sooner than its visibility ends, later at each attempt', async () => {
  const queue = aQueue();
  const fail = async () => {
    throw new Fault('no');
  };
  const records = [1, 3, 20].map((attempt) => message(`m${attempt}`, good(1), attempt));
  await consume(IntakeMessage, fail, queue)({ Records: records });
  expect(queue.hidden).toEqual([
    ['m1', 2],
    ['m3', 8],
    ['m20', 300],
  ]);
  expect([1, 2, 8, 9, 1000].map(backoff)).toEqual([2, 4, 256, 300, 300]);
});

describe('a message that is worked on', () => {
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  test('is hidden anew at once and at every beat, for a little longer than a few beats, and no longer once it is done', async () => {
    const queue = aQueue();
    const work = async () => {
      queue.timer.tick();
      queue.timer.tick();
    };
    await consume(IntakeMessage, held(work, queue), queue)({ Records: [message('a', good(1))] });
    queue.timer.tick();
    await settled();
    expect(queue.hidden).toEqual(Array.from({ length: 3 }, () => ['a', HELD_SECONDS]));
  });

  test('that fails while a beat is under way has the last word', async () => {
    const queue = aQueue();
    const { promise: slow, resolve } = Promise.withResolvers<void>();
    const hideFor: typeof queue.hideFor = async (record, seconds) => {
      if (seconds === HELD_SECONDS) await slow;
      await queue.hideFor(record, seconds);
    };
    const ports = { ...queue, hideFor };
    const failing = consume(
      IntakeMessage,
      held(() => Promise.reject(new Fault('no')), ports),
      ports,
    );
    const answered = failing({ Records: [message('a', good(1))] });
    await settled();
    resolve();
    await answered;
    expect(queue.hidden).toEqual([
      ['a', HELD_SECONDS],
      ['a', 2],
    ]);
  });

  test('goes on where its queue is throttled; the log says so', async () => {
    const queue = aQueue();
    const throttled = () => Promise.reject(new Error('13800138000'));
    const work = async () => queue.timer.tick();
    const ports = { ...queue, hideFor: throttled };
    const answer = await consume(
      IntakeMessage,
      held(work, ports),
      ports,
    )({
      Records: [message('a', good(1))],
    });
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(queue.log.lines.map(({ level, message }) => [level, message])).toEqual([
      ['warn', 'message not held'],
      ['warn', 'message not held'],
    ]);
  });

  /** What follows its death: it is seen again, Lambda's long poll takes it, and a function starts. */
  test('comes back within 75 seconds of its worker’s death, when no lease of that worker is left', () => {
    const pollAndStart = 1 + 10;
    expect(HELD_SECONDS + pollAndStart).toBeLessThan(75);
    expect(HELD_SECONDS - HOLD_EVERY_SECONDS).toBeGreaterThanOrEqual(LEASE_SECONDS);
  });
});

test('where even that fails, the message is still reported', async () => {
  const queue = aQueue();
  const broken = () => Promise.reject(new Error('13800138000'));
  const ports = { ...queue, hideFor: broken };
  const answer = await consume(
    IntakeMessage,
    held(broken, ports),
    ports,
  )({
    Records: [message('a', good(1))],
  });
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'a' }] });
  expect(queue.log.lines.map(({ message }) => message).toSorted()).toEqual([
    'message failed',
    'message not held',
    'visibility not changed',
  ]);
});
