import { expect, test } from '@jest/globals';
import { inTime } from '../../../functions/kernel/api/answer-in-time.ts';
import { NotInTime } from '../../../functions/kernel/fault.ts';
import type { Answer } from '../../../functions/kernel/api/requests.ts';
import { anEnd, aRequest } from './a-request.ts';

const done: Answer = { result: { statusCode: 200, body: '' } };
const never = () => new Promise<Answer>(() => undefined);
const { request } = aRequest();

test('an answer that comes in time is the answer', async () => {
  const { signal } = new AbortController();
  expect(await inTime(anEnd(done).next)({ ...request, signal })).toBe(done);
  expect(await inTime(anEnd(done).next)(request)).toBe(done);
});

test('a fault that comes in time is a fault', async () => {
  const { signal } = new AbortController();
  const failing = () => Promise.reject(new Error('on fire'));
  await expect(inTime(failing)({ ...request, signal })).rejects.toThrow('on fire');
});

test.each([true, false])('a write that met others for too long is told as that (end known: %s)', async (known) => {
  const contended = () => Promise.reject(new NotInTime('a write met others for too long'));
  const { signal } = new AbortController();
  const answer = await inTime(contended)(known ? { ...request, signal } : request);
  expect(answer).toMatchObject({ refusal: { code: 'timed-out' } });
});

test('where the end comes first, the caller is told to repeat; what fails later harms nobody', async () => {
  const end = new AbortController();
  const { promise, reject } = Promise.withResolvers<Answer>();
  const answered = inTime(() => promise)({ ...request, signal: end.signal });
  end.abort();
  expect(await answered).toMatchObject({ refusal: { code: 'timed-out' } });
  reject(new Error('much later'));
  await new Promise((resolve) => setImmediate(resolve));
});

test('nothing waits for the end of a request that was answered', async () => {
  const end = new AbortController();
  await inTime(anEnd(done).next)({ ...request, signal: end.signal });
  end.abort();
  const late = inTime(never)({ ...request, signal: new AbortController().signal });
  expect(await Promise.race([late, Promise.resolve('waiting')])).toBe('waiting');
});
