import { describe, expect, test } from '@jest/globals';
import { callsCounted } from '../../../functions/kernel/api/count-calls.ts';
import { identified } from '../../../functions/kernel/api/identify.ts';
import { permitted } from '../../../functions/kernel/api/permit.ts';
import type { Answer, Known, Routed, Logged } from '../../../functions/kernel/api/requests.ts';
import { finding, routed } from '../../../functions/kernel/api/route.ts';
import { testHub } from '../../support/memory/api-call.ts';
import { recordingLog, testClock } from '../../support/memory/kernel.ts';
import { anEnd, anEvent, aRequest, ending } from './a-request.ts';

const done: Answer = { result: { statusCode: 200, body: '' } };
const refused = (code: string) => ({ refusal: { code } });

describe('the route', () => {
  const find = finding([ending]);
  test('is the one that API Gateway has matched, and the line of the request says it', async () => {
    const { next, seen } = anEnd<Routed, Answer>(done);
    const { request, noted } = aRequest();
    expect(await routed(find)(next)(request as Logged)).toBe(done);
    expect(seen).toMatchObject([{ endpoint: ending }]);
    expect(noted).toEqual([{ route: 'terminateAgreement' }]);
  });
  test.each([
    ['another method', { route: undefined, method: 'GET', resource: ending.route.path }],
    ['another path', { route: undefined, method: 'POST', resource: '/v1/agreements' }],
  ])('is none at %s', async (_case, call) => {
    const { next, seen } = anEnd<Routed, Answer>(done);
    const { request } = aRequest({ event: anEvent(call as never) });
    expect(await routed(find)(next)(request)).toMatchObject(refused('no-such-route'));
    expect(seen).toEqual([]);
  });
});

describe('the caller', () => {
  test('is the department whose role has signed', async () => {
    const { next, seen } = anEnd<Known, Answer>(done);
    const { request, noted } = aRequest();
    const { caller: _caller, ...unknown } = request;
    expect(await identified(testHub)(next)(unknown)).toBe(done);
    expect(seen).toMatchObject([{ caller: { department: 'tax', roles: ['department'], session: 'clerk-7' } }]);
    expect(noted).toEqual([{ department: 'tax' }]);
  });
  test('is nobody where no department has', async () => {
    const { next, seen } = anEnd<Known, Answer>(done);
    const { request } = aRequest({ event: anEvent({ as: 'arn:aws:iam::123456789012:user/somebody' }) });
    expect(await identified(testHub)(next)(request)).toMatchObject(refused('not-a-department'));
    expect(seen).toEqual([]);
  });
});

describe('the share', () => {
  const ports = () => ({ clock: testClock(), log: recordingLog() });
  const { request } = aRequest();
  test('lets calls in while there is room, and tells the others when to come again', async () => {
    const { next, seen } = anEnd<Known, Answer>(done);
    const taken = [{ granted: true }, { granted: false, waitMs: 1_200 }] as const;
    let calls = 0;
    const counted = callsCounted({ ...ports(), shares: { take: async () => taken[calls++]! } })(next);
    expect(await counted(request)).toBe(done);
    expect(await counted(request)).toMatchObject({ refusal: { code: 'throttled', waitMs: 1_200 } });
    expect(seen).toHaveLength(1);
  });
  test('refuses nobody where it cannot be counted, and the log says so', async () => {
    const { next } = anEnd<Known, Answer>(done);
    const { log, clock } = ports();
    const shares = { take: () => Promise.reject(new Error('the table is throttled')) };
    expect(await callsCounted({ clock, log, shares })(next)(request)).toBe(done);
    expect(log.lines).toMatchObject([{ level: 'warn', message: 'call not counted', about: { department: 'tax' } }]);
  });
});

describe('the role', () => {
  test.each([
    ['one of those that may call the route', ['auditor', 'department'], done],
    ['another one', ['auditor'], refused('role-not-permitted')],
  ] as const)('is %s', async (_case, roles, answer) => {
    const { next, seen } = anEnd<Known, Answer>(done);
    const { request } = aRequest();
    expect(await permitted(next)({ ...request, caller: { ...request.caller, roles } })).toMatchObject(answer);
    expect(seen).toHaveLength(answer === done ? 1 : 0);
  });
});
