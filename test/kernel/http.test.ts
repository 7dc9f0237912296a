import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { api, type ApiPorts } from '../../functions/kernel/api/api.ts';
import { endpoint } from '../../functions/kernel/endpoint.ts';
import { done, refuse } from '../../functions/kernel/outcome.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { digestOf } from '../../functions/kernel/digest.ts';
import { anId } from '../support/builders.ts';
import { callApi, testHub, type ApiCall } from '../support/memory/api-call.ts';
import { recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';

const log = recordingLog();
const metrics = recordingMetrics();
const ports: ApiPorts = {
  answers: { find: async () => undefined },
  clock: testClock(),
  log,
  metrics,
  identity: testHub,
};
const agreement = routes.readAgreement.example.response as unknown as z.output<
  (typeof routes.readAgreement)['response']
>;
const id = { agreementId: agreement.agreementId };

const serving = api(
  [
    endpoint(routes.readAgreement, async ({ params }) =>
      params.agreementId === id.agreementId ? done(agreement) : refuse('not-found'),
    ),
    endpoint(routes.terminateAgreement, async ({ note }) => {
      note({ uploadId: anId(7) });
      return done(agreement);
    }),
    endpoint(routes.listAgreements, async () => {
      throw new Error('the table is on fire');
    }),
  ],
  ports,
);

describe('a request that has not its route’s form is refused with the place', () => {
  const end = { as: 'tax', route: routes.terminateAgreement, params: id };
  test.each([
    ['no JSON', { ...end, body: '{"reason"' }, undefined],
    ['no body', end, undefined],
    ['half a surrogate pair', { ...end, body: '{"reason":"\\ud800"}' }, undefined],
    ['a member that no object can have', { ...end, body: '{"reason":"x","__proto__":1}' }, undefined],
    ['such a member somewhere inside', { ...end, body: '{"reason":{"__proto__":{"a":1}}}' }, undefined],
    ['half a surrogate pair in a name', { ...end, body: '{"reason":"x","\\udc00":1}' }, undefined],
    [
      'an unknown property',
      { ...end, body: { reason: 'x', force: true } },
      { path: '/force', rule: 'unknown-property' },
    ],
    ['a missing property', { ...end, body: {} }, { path: '/reason', rule: 'invalid_type' }],
    [
      'an unknown parameter',
      { as: 'tax', route: routes.listAgreements, query: { page: '2' } },
      { path: '/query/page', rule: 'unknown-property' },
    ],
    [
      'a limit that is too high',
      { as: 'tax', route: routes.listAgreements, query: { limit: 1000 } },
      { path: '/query/limit', rule: 'too_big' },
    ],
    [
      'an Idempotency-Key with a blank',
      { ...end, body: { reason: 'x' }, headers: { 'Idempotency-Key': 'a b' } },
      { path: '/headers/idempotency-key', rule: 'format' },
    ],
  ])('%s', async (_, call, violation) => {
    const reply = await callApi(serving, call);
    expect(reply).toMatchObject({
      status: 400,
      headers: { 'content-type': 'application/problem+json' },
      body: { code: 'malformed', status: 400 },
    });
    if (violation) expect(reply.body.violations).toContainEqual(expect.objectContaining(violation));
  });

  test('and a message never repeats what came', async () => {
    const reply = await callApi(serving, { ...end, body: { reason: 11010519491231002 } });
    expect(JSON.stringify(reply.body)).not.toContain('11010519491231002');
  });
});

test('an id that nothing can have is not found, like one that nothing has', async () => {
  const impossible = await callApi(serving, {
    as: 'tax',
    route: routes.readAgreement,
    params: { agreementId: '../secrets' },
  });
  const absent = await callApi(serving, {
    as: 'tax',
    route: routes.readAgreement,
    params: { agreementId: '01JDBV0H7N6Z8W3Q5X9R2T4YZZ' },
  });
  expect(impossible).toMatchObject({ status: 404, body: { code: 'not-found' } });
  expect(impossible.body).toEqual(absent.body);
});

test('a caller that is no department is told so before anything is looked at', async () => {
  const reply = await callApi(serving, {
    as: 'arn:aws:iam::123456789012:user/somebody',
    route: routes.readAgreement,
    params: id,
  });
  expect(reply).toMatchObject({ status: 403, body: { code: 'not-a-department' } });
});

test('a route that the function does not serve is said to be none', async () => {
  expect(await callApi(serving, { as: 'tax', route: routes.me })).toMatchObject({
    status: 404,
    body: { code: 'no-such-route' },
  });
});

test('a fault is logged, and answered without a word of what happened inside', async () => {
  const reply = await callApi(serving, { as: 'tax', route: routes.listAgreements });
  expect(reply).toMatchObject({ status: 500, body: { code: 'fault' } });
  expect(JSON.stringify(reply.body)).not.toContain('fire');
});

describe('a request is one line of the log', () => {
  const lineOf = async (call: ApiCall) => {
    const before = log.lines.length;
    await callApi(serving, call);
    expect(log.lines).toHaveLength(before + 1);
    return log.lines[before];
  };
  const answered = (about: object) => ({
    level: 'info',
    message: 'answered',
    about: { requestId: 'request-1', milliseconds: 0, ...about },
  });

  test('with the ids of its path and of its answer', async () => {
    expect(await lineOf({ as: 'tax', route: routes.readAgreement, params: id })).toEqual(
      answered({ route: 'readAgreement', department: 'tax', status: 200, ...id, resourceId: agreement.resourceId }),
    );
  });

  test('and those that its handler notes', async () => {
    expect(
      await lineOf({ as: 'tax', route: routes.terminateAgreement, params: id, body: { reason: 'x' } }),
    ).toMatchObject(answered({ uploadId: anId(7) }));
  });

  test('with the code where it was refused, and without a word of what came', async () => {
    const secret = '13800138000';
    const line = await lineOf({
      as: 'tax',
      session: secret,
      route: routes.terminateAgreement,
      params: id,
      body: { [secret]: secret },
      headers: { 'Idempotency-Key': secret },
    });
    expect(line).toEqual(answered({ route: 'terminateAgreement', department: 'tax', status: 400, code: 'malformed' }));
  });

  test('an id of a path that nothing can have is not repeated', async () => {
    const line = await lineOf({ as: 'tax', route: routes.readAgreement, params: { agreementId: '13800138000' } });
    expect(line).toEqual(answered({ route: 'readAgreement', department: 'tax', status: 404, code: 'not-found' }));
  });

  test('a fault is told by its kind', async () => {
    expect(await lineOf({ as: 'tax', route: routes.listAgreements })).toMatchObject({
      level: 'error',
      message: 'fault',
      about: { route: 'listAgreements', status: 500, error: { name: 'Error' } },
    });
    expect(JSON.stringify(log.lines)).not.toContain('fire');
  });
});

test('refusals and repeated answers are counted; faults and answers are not', async () => {
  const metrics = recordingMetrics();
  const stored = {
    body: JSON.stringify({ uploadId: anId(3) }),
    status: 200,
    requestDigest: digestOf({ params: id, body: { reason: 'x' } }),
  };
  const counting = api([endpoint(routes.terminateAgreement, async () => refuse('not-found'))], {
    ...ports,
    metrics,
    answers: { find: async () => stored as never },
  });
  const end = { as: 'tax', route: routes.terminateAgreement, params: id, body: { reason: 'x' } };
  await callApi(counting, end);
  await callApi(counting, { ...end, headers: { 'Idempotency-Key': 'k' } });
  await callApi(counting, { ...end, body: { reason: 'y' }, headers: { 'Idempotency-Key': 'k' } });
  expect(metrics.counts).toEqual({ ApiRefusals: 2, IdempotentReplays: 1 });
  expect(log.lines.at(-2)).toMatchObject({ about: { outcome: 'replayed', status: 200, uploadId: anId(3) } });
});
