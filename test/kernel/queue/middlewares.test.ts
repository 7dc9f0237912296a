import { describe, expect, test } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { Fault } from '../../../functions/kernel/fault.ts';
import { backedOff } from '../../../functions/kernel/queue/back-off.ts';
import { failuresLogged, type Logged } from '../../../functions/kernel/queue/log-failures.ts';
import { failures, partialBatch } from '../../../functions/kernel/queue/partial-batch.ts';
import { read, type Read } from '../../../functions/kernel/queue/read-message.ts';
import { anId } from '../../support/builders.ts';
import { recordingLog } from '../../support/memory/kernel.ts';

const record = (messageId: string, body = '{}', attempt = 1) =>
  ({ messageId, body, attributes: { ApproximateReceiveCount: String(attempt) } }) as SQSRecord;
const fail = () => Promise.reject(new Fault('no'));
const settle = async () => undefined;

test('a batch reports what failed, in its order, and waits for all of it', async () => {
  const handled: string[] = [];
  const handle = async ({ messageId }: SQSRecord) => {
    if (messageId === 'b') throw new Fault('no');
    await new Promise((resolve) => setTimeout(resolve, 1));
    handled.push(messageId);
  };
  const Records = ['a', 'b', 'c'].map((id) => record(id));
  expect(await partialBatch(handle)({ Records })).toEqual(failures(['b']));
  expect(handled).toEqual(['a', 'c']);
  expect(failures(new Set(['7']))).toEqual({ batchItemFailures: [{ itemIdentifier: '7' }] });
});

describe('backing off', () => {
  const backing = (hideFor: (record: SQSRecord, seconds: number) => Promise<void>, log = recordingLog()) =>
    backedOff({ log, hideFor });
  test('hides a message that failed, and leaves one that is done alone', async () => {
    const hidden: unknown[] = [];
    const hideFor = async ({ messageId }: SQSRecord, seconds: number) => void hidden.push([messageId, seconds]);
    await backing(hideFor)(settle)(record('a'));
    await expect(backing(hideFor)(fail)(record('b', '{}', 3))).rejects.toThrow('no');
    expect(hidden).toEqual([['b', 8]]);
  });
  test('that fails itself leaves the fault what it was', async () => {
    const log = recordingLog();
    await expect(backing(() => Promise.reject(new Error('throttled')), log)(fail)(record('b'))).rejects.toThrow('no');
    expect(log.lines).toMatchObject([{ level: 'warn', message: 'visibility not changed', about: { messageId: 'b' } }]);
  });
});

test('a failure is a line, with what was noted of the message until then', async () => {
  const log = recordingLog();
  const work = async ({ note }: Logged) => {
    note({ uploadId: anId(1) });
    return fail();
  };
  await expect(failuresLogged({ log })(work)(record('a', '{}', 2))).rejects.toThrow('no');
  await failuresLogged({ log })(settle)(record('b'));
  expect(log.lines).toMatchObject([
    { level: 'error', message: 'message failed', about: { messageId: 'a', uploadId: anId(1), attempts: 2 } },
  ]);
});

describe('reading', () => {
  const schema = z.strictObject({ uploadId: z.string() });
  const seen: Read<z.infer<typeof schema>>[] = [];
  const noted: object[] = [];
  const reading = (body: string) =>
    read(schema)(async (message) => void seen.push(message))({
      record: record('a', body),
      note: (ids) => void noted.push(ids),
    });
  test('hands on the message, with what a newer hub has added, and notes its ids', async () => {
    await reading(JSON.stringify({ uploadId: anId(1), mood: 'good' }));
    expect(seen).toMatchObject([{ message: { uploadId: anId(1), mood: 'good' } }]);
    expect(noted).toEqual([{ uploadId: anId(1) }]);
  });
  test.each(['{"uploadId":', '{}', '7'])('hands on nothing that is no message: %s', async (body) => {
    seen.length = 0;
    await expect(reading(body)).rejects.toThrow();
    expect(seen).toEqual([]);
  });
});
