import { describe, expect, jest, test } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import { Fault } from '../../functions/kernel/fault.ts';
import { backoff, consume } from '../../functions/kernel/queue.ts';
import { IntakeMessage } from '../../schemas/contracts/messages.ts';
import { anId } from '../support/builders.ts';
import { recordingLog } from '../support/memory/kernel.ts';

const message = (messageId: string, body: unknown, attempt = 1) =>
  ({
    messageId,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: String(attempt) },
  }) as SQSRecord;

const good = (id: number) => ({ uploadId: anId(id) });

test('each message is handled by itself, and only the failed ones are reported', async () => {
  const handled: string[] = [];
  const handle = async ({ uploadId }: IntakeMessage) => {
    if (uploadId === anId(2)) throw new Fault('no');
    handled.push(uploadId);
  };
  const log = recordingLog();
  const answer = await consume(IntakeMessage, handle, { log })({
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

describe('a body that is no message', () => {
  test.each([
    ['no JSON', '王秀英,13800138000'],
    ['JSON that breaks off', '{"uploadId":"13800138000'],
    ['another shape', { uploadId: '13800138000', 王秀英: 1 }],
  ])('is reported without a word of what it holds: %s', async (_, body) => {
    const log = recordingLog();
    const never = async () => {
      throw new Error('it was handled');
    };
    expect(await consume(IntakeMessage, never, { log })({ Records: [message('a', body)] })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'a' }],
    });
    expect(log.lines).toMatchObject([
      { about: { messageId: 'a', error: { name: expect.stringMatching(/SyntaxError|ZodError/) } } },
    ]);
    expect(JSON.stringify(log.lines)).not.toMatch(/王秀英|13800138000/);
  });
});

test('a failed message comes back sooner than its visibility ends, later at each attempt', async () => {
  const retryIn = jest.fn(async () => undefined);
  const fail = async () => {
    throw new Fault('no');
  };
  const records = [1, 3, 20].map((attempt) => message(`m${attempt}`, good(1), attempt));
  await consume(IntakeMessage, fail, { log: recordingLog(), retryIn })({ Records: records });
  expect(retryIn.mock.calls).toEqual(records.map((record, index) => [record, [2, 8, 300][index]]));
  expect([1, 2, 8, 9, 1000].map(backoff)).toEqual([2, 4, 256, 300, 300]);
});

test('where even that fails, the message is still reported', async () => {
  const log = recordingLog();
  const broken = () => Promise.reject(new Error('13800138000'));
  expect(await consume(IntakeMessage, broken, { log, retryIn: broken })({ Records: [message('a', good(1))] })).toEqual({
    batchItemFailures: [{ itemIdentifier: 'a' }],
  });
  expect(log.lines.map(({ message }) => message)).toEqual(['message failed', 'visibility not changed']);
});
