import { beforeEach, expect, test } from '@jest/globals';
import { repeatable } from '../../../functions/kernel/api/repeat.ts';
import type { Answer, Repeatable } from '../../../functions/kernel/api/requests.ts';
import { refuse } from '../../../functions/kernel/outcome.ts';
import type { StoredAnswer } from '../../../schemas/stored/answers.ts';
import { testClock } from '../../support/memory/kernel.ts';
import { anEnd, aRequest, params } from './a-request.ts';

const done: Answer = { result: { statusCode: 200, body: 'first' } };
const { request } = aRequest({ idempotencyKey: 'k' });

let stored: StoredAnswer | undefined;
let looks: number;
beforeEach(() => {
  stored = undefined;
  looks = 0;
});
const answers = {
  find: async () => {
    looks += 1;
    return stored;
  },
};
const through = (answer: Answer | ((call: Repeatable) => Promise<Answer>), call: Repeatable = request) => {
  const { next, seen } = anEnd<Repeatable, Answer>(answer);
  return repeatable({ answers, clock: testClock() })(next)(call).then((given) => ({ given, seen }));
};
/** Keeps the record that the handler would commit with its effect. */
const committing = async (call: Repeatable): Promise<Answer> => {
  stored = call.answer({ done: true });
  return done;
};

test('without a key nothing is looked up, and nothing to be kept', async () => {
  const { seen } = await through(done, aRequest().request);
  expect([looks, seen[0]!.answer({}), seen[0]!.refer({})]).toEqual([0, undefined, undefined]);
});

test('a repetition gets the stored answer and has no second effect', async () => {
  await through(committing);
  const { given, seen } = await through(committing);
  expect(given).toMatchObject({ result: { statusCode: 200, body: '{"done":true}' }, outcome: 'replayed' });
  expect(seen).toEqual([]);
});

test('an answer that refers to its effect is made anew of it', async () => {
  await through(async (call) => {
    stored = call.refer(params);
    return done;
  });
  const { given, seen } = await through(done);
  expect(given).toEqual({ ...done, outcome: 'replayed' });
  expect(seen).toMatchObject([{ effect: params }]);
  expect((await through(refuse('not-found'))).given).toMatchObject({ refusal: { code: 'not-found' } });
});

test('the same key with another body is refused', async () => {
  await through(committing);
  const { given } = await through(committing, { ...request, body: { reason: 'y' } });
  expect(given).toMatchObject({ refusal: { code: 'idempotency-key-reused' } });
});

test('who lost the race for the same effect gets the winner’s answer instead of a refusal', async () => {
  const { given } = await through(async (call) => {
    stored = call.answer({ won: true });
    return refuse('changed-meanwhile');
  });
  expect(given).toMatchObject({ result: { body: '{"won":true}' }, outcome: 'replayed' });
});

test('a refusal of the first call stays one', async () => {
  expect((await through(refuse('not-found'))).given).toMatchObject({ refusal: { code: 'not-found' } });
});
