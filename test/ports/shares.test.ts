import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { dynamoShares } from '../../functions/adapters/dynamodb/shares.ts';
import { api, type ApiPorts } from '../../functions/kernel/api/api.ts';
import { endpoint } from '../../functions/kernel/endpoint.ts';
import { done } from '../../functions/kernel/outcome.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { callApi, testHub, type ApiHandler } from '../support/memory/api-call.ts';
import { recordingLog, recordingMetrics } from '../support/memory/kernel.ts';

const share = { callsPerSecond: 10, atOnce: 20 };
/** Of Node's handler of requests, which the SDK's types do not promise. */
interface Patient {
  updateHttpClientConfig(name: string, milliseconds: number): void;
}

let aws: LocalAws;
let writes = 0;
let seconds = Date.parse('2026-12-01T00:00:00.000Z') / 1_000;
const now = () => new Date(seconds * 1_000).toISOString();
beforeAll(async () => {
  aws = await startLocalAws();
  // However busy the machine is: a call that is not counted in time is granted.
  const { requestHandler } = aws.table.client.config as unknown as { readonly requestHandler: Patient };
  for (const wait of ['connectionTimeout', 'requestTimeout', 'socketTimeout'] as const)
    requestHandler.updateHttpClientConfig(wait, 60_000);
  aws.table.client.middlewareStack.add(
    (next, context) => (args) => {
      if (context.commandName === 'UpdateItemCommand' || context.commandName === UpdateCommand.name) writes += 1;
      return next(args);
    },
    { step: 'initialize' },
  );
});
afterAll(() => aws.stop());
/** Everybody has rested. */
beforeEach(() => {
  seconds += 3_600;
  writes = 0;
});

const answered = routes.listDepartments.example.response as never;

/** One environment of a function of the API. */
function anEnvironment(more: Partial<ApiPorts> = {}): ApiHandler {
  return api([endpoint(routes.listDepartments, async () => done(answered))], {
    answers: { find: async () => undefined },
    shares: dynamoShares(aws.table, share),
    clock: { now },
    log: recordingLog(),
    metrics: recordingMetrics(),
    identity: testHub,
    ...more,
  });
}
const call = (environment: ApiHandler, as: string) => callApi(environment, { as, route: routes.listDepartments });
const statusOf = async (...given: Parameters<typeof call>) => (await call(...given)).status;

/** Calls of one department, spread over environments, all at once. */
const flood = (environments: readonly ApiHandler[], as: string, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => statusOf(environments[index % environments.length]!, as)));
const count = (statuses: readonly number[], status: number) => statuses.filter((each) => each === status).length;

describe('a department that floods the API', () => {
  test('is granted its share over all environments, and no call more', async () => {
    const environments = Array.from({ length: 5 }, () => anEnvironment());
    const statuses = await flood(environments, 'tax', 100);
    expect([count(statuses, 200), count(statuses, 429)]).toEqual([20, 80]);
    seconds += 1;
    expect(count(await flood(environments, 'tax', 100), 200)).toBe(10);
  });

  test('leaves the others all of theirs', async () => {
    const environments = Array.from({ length: 3 }, () => anEnvironment());
    const [flooding, ...others] = await Promise.all([
      flood(environments, 'tax', 100),
      ...['civil-affairs', 'quality', 'eitc'].map((as) => flood(environments, as, 20)),
    ]);
    expect(count(flooding, 429)).toBe(80);
    expect(others.flat()).toEqual(Array.from({ length: 60 }, () => 200));
  });

  test('is told when to come back, and is served then', async () => {
    const environment = anEnvironment();
    await flood([environment], 'tax', 20);
    const { status, headers, body } = await call(environment, 'tax');
    expect({ status, code: body.code, after: headers['retry-after'] }).toEqual({
      status: 429,
      code: 'throttled',
      after: 1,
    });
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body.detail).toContain('retry-after');
    seconds += Number(headers['retry-after']);
    expect(await statusOf(environment, 'tax')).toBe(200);
  });

  test('costs one write for each call that is granted, and one more for each environment that has not seen it yet', async () => {
    const environment = anEnvironment();
    for (let each = 0; each < 60; each++) await call(environment, 'tax');
    expect(writes).toBe(20);
    expect(await statusOf(anEnvironment(), 'tax')).toBe(429);
    expect(writes).toBe(21);
  });
});

test('calls that are refused for another reason count, too', async () => {
  const environment = anEnvironment();
  const wrong = () => callApi(environment, { as: 'tax', route: routes.listDepartments, query: { nothing: 'such' } });
  for (let each = 0; each < 20; each++) expect((await wrong()).status).toBe(400);
  expect((await wrong()).status).toBe(429);
});

test('a share that cannot be counted refuses nobody, and the log says so', async () => {
  const log = recordingLog();
  const failing = { take: () => Promise.reject(new Error('the table is on fire')) };
  expect(await statusOf(anEnvironment({ shares: failing, log }), 'tax')).toBe(200);
  expect(JSON.stringify(log)).toContain('call not counted');
});
