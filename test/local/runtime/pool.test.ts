import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { traceOfInvocation } from '../../../infra/local/runtime/lineage.ts';
import { endTinyFunctions, tinyFunction, type TinyFunction } from './tiny-function.ts';

afterEach(endTinyFunctions);

const ok = (result: unknown) => ({ ok: true, result });
const failure = (errorType: string, errorMessage: unknown = expect.any(String)) => ({
  ok: false,
  error: { errorType, errorMessage },
});
const logOf = ({ folder }: TinyFunction) => readFileSync(join(folder, 'tiny.log'), 'utf8');
const untilEnded = async ({ pids }: TinyFunction) => {
  while (pids().length > 0) await pause(10);
};

test('a function answers what it returns, as JSON leaves it', async () => {
  expect(
    await tinyFunction('async (event) => ({ sum: event.a + event.b, gone: undefined })').invoke({ a: 1, b: 2 }),
  ).toEqual(ok({ sum: 3 }));
  expect(await tinyFunction('() => undefined').invoke({})).toEqual(ok(null));
});

test('it gets the context that Lambda gives', async () => {
  const { invoke } = tinyFunction('(event, context) => ({ ...context, left: context.getRemainingTimeInMillis() })', {
    timeoutMs: 3_000,
  });
  const { result } = (await invoke({}, { requestId: 'request-1' })) as { result: { left: number } };
  expect(result).toMatchObject({
    awsRequestId: 'request-1',
    functionName: 'tiny',
    memoryLimitInMB: '128',
    functionVersion: '$LATEST',
  });
  expect(result.left).toBeGreaterThan(0);
  expect(result.left).toBeLessThanOrEqual(3_000);
});

test('it gets the trace of what began it, one pass longer, where the SDK looks for it', async () => {
  const { invoke, spec } = tinyFunction("() => process.env['_X_AMZN_TRACE_ID']");
  const { result: first } = (await invoke({})) as { result: string };
  const { result: third } = (await invoke({}, { traces: [traceOfInvocation([first], spec.arn)] })) as {
    result: string;
  };
  expect([first, third].map((trace) => trace.replace(/.*:/, ''))).toEqual(['1', '3']);
  expect(third.split(';')[0]).toBe(first.split(';')[0]);
});

test('it sees its own environment and nothing of the hub’s', async () => {
  process.env['HUB_SECRET_OF_THE_PARENT'] = 'x';
  const { result } = (await tinyFunction('() => process.env').invoke({})) as { result: Record<string, string> };
  delete process.env['HUB_SECRET_OF_THE_PARENT'];
  // Node itself adds the channel's variables to a forked process.
  expect(Object.keys(result).filter((name) => !name.startsWith('NODE_CHANNEL'))).toEqual([
    'AWS_LAMBDA_FUNCTION_NAME',
    'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
    'GREETING',
    // Set for each invocation, as Lambda does.
    '_X_AMZN_TRACE_ID',
  ]);
});

test('an error is a failed invocation and the process is used again', async () => {
  const tiny = tinyFunction(
    'async (event) => { if (event.bad) throw new RangeError("too much"); return process.pid; }',
  );
  const before = await tiny.invoke({});
  expect(await tiny.invoke({ bad: true })).toEqual(failure('RangeError', 'too much'));
  expect(await tiny.invoke({})).toEqual(before);
  expect(logOf(tiny)).toContain('RangeError: too much');
});

test.each([
  ['exits', 'process.exit(7)', /exit status 7/],
  ['is killed', 'process.kill(process.pid, "SIGKILL")', /SIGKILL/],
  [
    'has an exception outside of the handler',
    'setImmediate(() => { throw new Error("loose") }), await new Promise(() => undefined)',
    /exit status/,
  ],
])('a process that %s is a failed invocation; the next one gets a new process', async (_, crash, message) => {
  const tiny = tinyFunction(`async (event) => event.crash ? (${crash}) : process.pid`);
  const { result: first } = (await tiny.invoke({})) as { result: number };
  expect(await tiny.invoke({ crash: true })).toEqual(failure('Runtime.ExitError', expect.stringMatching(message)));
  const { result: second } = (await tiny.invoke({})) as { result: number };
  expect(second).not.toBe(first);
  expect(logOf(tiny)).toContain('"message":"invocation failed"');
});

test('a process that was killed while idle is replaced', async () => {
  const tiny = tinyFunction('() => process.pid');
  const { result } = (await tiny.invoke({})) as { result: number };
  process.kill(result, 'SIGKILL');
  await untilEnded(tiny);
  expect(await tiny.invoke({})).toEqual(ok(expect.any(Number)));
});

test('a handler that does not end in time is killed, even in an endless loop', async () => {
  const tiny = tinyFunction('() => { for (;;); }', { timeoutMs: 200 });
  expect(await tiny.invoke({})).toEqual(failure('Sandbox.Timedout', 'Task timed out after 0.20 seconds'));
  await untilEnded(tiny);
});

test('a handler that needs more memory than its function has fails alone', async () => {
  const tiny = tinyFunction(
    '(event) => { const all = []; for (;event.much;) all.push(Array.from({ length: 1e6 }, (_, n) => ({ n }))); return 1; }',
    { memoryMb: 64 },
  );
  expect(await tiny.invoke({ much: true })).toEqual(failure('Runtime.ExitError'));
  expect(await tiny.invoke({})).toEqual(ok(1));
});

test('a module that cannot be loaded fails every invocation with its reason', async () => {
  expect(await tinyFunction('(() => { throw new TypeError("no setting") })()').invoke({})).toEqual(
    failure('TypeError', 'no setting'),
  );
  expect(await tinyFunction('() => 1', { exportName: 'other' }).invoke({})).toEqual(
    failure('Error', 'other is undefined or not exported'),
  );
});

test('while two processes start or are busy for a moment no other is started', async () => {
  const tiny = tinyFunction('() => process.pid', { concurrency: 4 }, { patienceMs: 60_000 });
  const results = await Promise.all(Array.from({ length: 8 }, () => tiny.invoke({})));
  const allowed = tiny.pids().map(ok);
  expect(allowed).toHaveLength(2);
  for (const result of results) expect(allowed).toContainEqual(result);
});

test('two events always run at once, however soon a process would be free', async () => {
  const tiny = tinyFunction(
    `async ({ own, other }) => {
      const fs = process.getBuiltinModule('node:fs');
      fs.writeFileSync(own, '');
      while (!fs.existsSync(other)) await new Promise((r) => setTimeout(r, 5));
      return 'met';
    }`,
    { concurrency: 2 },
    { patienceMs: 60_000 },
  );
  const [one, two] = [join(tiny.folder, 'one'), join(tiny.folder, 'two')];
  const met = [tiny.invoke({ own: one, other: two }), tiny.invoke({ own: two, other: one })];
  expect(await Promise.all(met)).toEqual([ok('met'), ok('met')]);
});

test('a process runs one event at a time, and no more processes run than allowed', async () => {
  const tiny = tinyFunction(
    `async ({ gate }) => {
      console.log('begun', process.pid);
      while (!process.getBuiltinModule('node:fs').existsSync(gate)) await new Promise((r) => setTimeout(r, 5));
      return process.pid;
    }`,
    { concurrency: 2 },
    { patienceMs: 10 },
  );
  const gate = join(tiny.folder, 'gate');
  // Those that ran one after the other, in a process that is there, count as any.
  writeFileSync(gate, '');
  for (let n = 0; n < 3; n++) await tiny.invoke({ gate });
  rmSync(gate);
  const before = logOf(tiny).length;
  const begun = () =>
    logOf(tiny)
      .slice(before)
      .match(/begun \d+/g) ?? [];
  const running = Array.from({ length: 8 }, () => tiny.invoke({ gate }));
  while (begun().length < 2) await pause(5);
  writeFileSync(gate, '');
  const results = (await Promise.all(running)) as { result: number }[];
  expect(begun().length).toBe(8);
  expect(new Set(results.map(({ result }) => result)).size).toBe(2);
});

test('who does not want to wait for a free process is told so, and its event never runs', async () => {
  const tiny = tinyFunction(
    'async (event) => { console.log("ran", event.n); await new Promise((r) => setTimeout(r, 300)); }',
    { concurrency: 1 },
  );
  const first = tiny.invoke({ n: 1 });
  expect(await tiny.invoke({ n: 2 }, { waitMs: 10 })).toEqual(failure('TooManyRequestsException'));
  await first;
  await tiny.invoke({ n: 3 });
  expect(logOf(tiny).match(/ran \d/g)).toEqual(['ran 1', 'ran 3']);
});

test('what a process has compiled outlives it, for the next one', async () => {
  const tiny = tinyFunction('() => process.pid');
  const { result: first } = (await tiny.invoke({})) as { result: number };
  // It keeps that right after its first answer, so before its second.
  await tiny.invoke({});
  const compiled = () => globSync('compiled/*/*', { cwd: tiny.folder });
  const kept = compiled();
  expect(kept).not.toEqual([]);
  process.kill(first, 'SIGKILL');
  await untilEnded(tiny);
  await tiny.invoke({});
  expect(compiled()).toEqual(kept);
});

test('idle processes are ended', async () => {
  const tiny = tinyFunction('() => 1', {}, { idleMs: 10 });
  await tiny.invoke({});
  await untilEnded(tiny);
  expect(await tiny.invoke({})).toEqual(ok(1));
});

test('events and answers have Lambda’s limit of 6 MB', async () => {
  const tiny = tinyFunction('(event) => "x".repeat(event.length)');
  expect(await tiny.invoke({ padding: 'x'.repeat(6 * 1024 * 1024) })).toEqual(failure('RequestTooLargeException'));
  expect(await tiny.invoke({ length: 7 * 1024 * 1024 })).toEqual(failure('Function.ResponseSizeTooLarge'));
});

test('the clock of a function is ahead by the hub’s offset, which is told before each event', async () => {
  let offset = 0;
  const tiny = tinyFunction(
    '() => [Date.now(), new Date().getTime(), new Date(5).getTime(), new Date() instanceof Date, typeof Date()]',
    {},
    { clockOffsetMs: () => offset },
  );
  const ahead = async () => {
    const { result } = (await tiny.invoke({})) as { result: [number, number, number, boolean, string] };
    expect(result.slice(2)).toEqual([5, true, 'string']);
    expect(Math.abs(result[1] - result[0])).toBeLessThan(1_000);
    return Math.abs(Math.round((result[0] - Date.now()) / 60_000));
  };
  expect(await ahead()).toBe(0);
  offset = 86_400_000;
  expect(await ahead()).toBe(24 * 60);
});

test('when the pool stops, what runs may end for a moment, and nothing is left', async () => {
  const tiny = tinyFunction(
    'async () => { console.log("begun"); await new Promise((r) => setTimeout(r, 100)); return "done"; }',
  );
  const running = tiny.invoke({});
  while (!logOf(tiny).includes('begun')) await pause(5);
  await tiny.stop(60_000);
  expect(await running).toEqual(ok('done'));
  expect(tiny.pids()).toEqual([]);
  expect(await tiny.invoke({})).toEqual(failure('ServiceException'));
});
