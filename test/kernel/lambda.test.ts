import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { hubFunction } from '../../functions/adapters/lambda.ts';
import { Fault } from '../../functions/kernel/fault.ts';
import { anId } from '../support/builders.ts';

const context = {
  awsRequestId: 'request-1',
  functionName: 'hub-check',
  memoryLimitInMB: '512',
  invokedFunctionArn: 'arn',
} as unknown as Context;
const secret = '13800138000';

let written: string[];
const environment = { ...process.env };
beforeEach(() => {
  written = [];
  Object.assign(process.env, {
    HUB_STAGE: 'dev',
    HUB_TIME_ZONE: 'Asia/Shanghai',
    POWERTOOLS_LOG_LEVEL: 'INFO',
    POWERTOOLS_METRICS_DISABLED: 'false',
    POWERTOOLS_LOGGER_LOG_EVENT: 'true',
  });
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
  }
});
afterEach(() => {
  process.env = { ...environment };
  jest.restoreAllMocks();
});

const lines = () =>
  written
    .join('')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('a line has its ids beside its message, with those of the logs above it, and the request’s', async () => {
  const { hub, worker } = hubFunction('check');
  const handler = worker(async () =>
    hub.log
      .with({ uploadId: anId(1) })
      .with({ epoch: 2 })
      .info('upload checked', { outcome: 'accepted' }),
  );
  await handler({}, context);
  expect(lines()).toEqual([
    expect.objectContaining({
      level: 'INFO',
      message: 'upload checked',
      service: 'check',
      function_request_id: 'request-1',
      uploadId: anId(1),
      epoch: 2,
      outcome: 'accepted',
    }),
  ]);
});

test('metrics go out once, at the end, under the function’s name; without any there is no line', async () => {
  const { hub, worker } = hubFunction('check');
  const handler = worker(async (rows: number[]) => {
    for (const count of rows) hub.metrics.count('RowsRead', count);
    if (rows.length > 0) hub.metrics.seconds('DeliveryDelaySeconds', 1.5);
  });
  await handler([], context);
  expect(lines()).toEqual([]);
  await handler([3, 4], context);
  expect(lines()).toEqual([
    expect.objectContaining({
      service: 'check',
      RowsRead: [3, 4],
      DeliveryDelaySeconds: 1.5,
      _aws: expect.objectContaining({
        CloudWatchMetrics: [
          {
            Namespace: 'ExchangeHub/dev',
            Dimensions: [['service']],
            Metrics: [
              { Name: 'RowsRead', Unit: 'Count' },
              { Name: 'DeliveryDelaySeconds', Unit: 'Seconds' },
            ],
          },
        ],
      }),
    }),
  ]);
});

describe('a handler that throws', () => {
  test('leaves no foreign word to the runtime, which logs it, nor to a destination, which keeps it; what it counted is kept', async () => {
    const { hub, worker } = hubFunction('receive');
    const handler = worker(async () => {
      hub.metrics.count('SweptLate');
      throw new TypeError(`cannot read ${secret}`);
    });
    const fault = await handler({ body: secret }, context).catch((error: unknown) => error);
    expect(fault).toEqual(new Fault('the invocation failed; its log says why'));
    expect((fault as Fault).cause).toBeUndefined();
    expect(lines()).toMatchObject([
      { level: 'ERROR', message: 'invocation failed', error: { name: 'TypeError' } },
      { SweptLate: 1 },
    ]);
    expect(written.join('')).not.toContain(secret);
  });

  test('says what it says in our own words', async () => {
    const { worker } = hubFunction('receive');
    const handler = worker(() =>
      Promise.reject(new Fault('the intake bucket keeps no versions', { cause: new Error(secret) })),
    );
    await expect(handler({}, context)).rejects.toThrow('the intake bucket keeps no versions');
    expect(written.join('')).not.toContain(secret);
  });
});

test('an event is never logged, whatever the environment says; the API’s answers carry security headers', async () => {
  const { apiFunction } = hubFunction('catalog-api');
  const handler = apiFunction(async () => ({ statusCode: 200, body: '{}' }));
  const answer = await handler({ body: secret } as never, context);
  expect(answer.headers).toMatchObject({ 'X-Content-Type-Options': 'nosniff' });
  expect(written.join('')).toBe('');
});

describe('a handler that Lambda is about to end', () => {
  const nearlyOver: Context = { ...context, getRemainingTimeInMillis: () => 1_520 };
  const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  test('says so, publishes what it counted, and goes on: its process is ended, or it is done after all', async () => {
    const { hub, worker } = hubFunction('check');
    const handler = worker(async () => {
      hub.metrics.count('RowsRead', 7);
      await later(100);
      return 'done after all';
    });
    expect(await handler({}, nearlyOver)).toBe('done after all');
    expect(lines()).toMatchObject([
      { level: 'ERROR', message: 'out of time', service: 'check', function_request_id: 'request-1' },
      { RowsRead: 7 },
    ]);
  });

  test('of the API hears of it and can answer, with everything that answers have', async () => {
    const { apiFunction } = hubFunction('catalog-api');
    const handler = apiFunction(async (_event, signal) => {
      await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      return { statusCode: 503, body: '{}' };
    });
    const answer = await handler({} as never, nearlyOver);
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'X-Content-Type-Options': 'nosniff' } });
  });

  test('in time says nothing', async () => {
    const { worker } = hubFunction('check');
    await worker(async () => later(1))({}, nearlyOver);
    expect(lines()).toEqual([]);
  });
});
