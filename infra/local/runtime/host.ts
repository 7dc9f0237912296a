import { flushCompileCache } from 'node:module';
import { performance } from 'node:perf_hooks';
import type { Context } from 'aws-lambda';
import type { ErrorReport, FromHost, Invoke } from './messages.ts';
import { MAX_PAYLOAD_BYTES } from './messages.ts';
import { moveDate } from './moved-date.ts';

/**
 * The process of one function: loads its bundled handler and runs one event at a time, as Lambda's runtime does.
 * Started by `worker.ts` through `host.mjs`; ends when the hub does.
 */
type Handler = (event: unknown, context: Context) => unknown;

const [modulePath = '', exportName = '', offset = '0'] = process.argv.slice(2);
let clockOffsetMs = Number(offset);
moveDate(() => clockOffsetMs);

process.on('disconnect', () => process.exit(0));
// The hub stops its functions itself; Ctrl-C in a terminal reaches the whole group.
process.on('SIGINT', () => undefined);

const send = (message: FromHost): void => {
  process.send?.(message, undefined, undefined, (error) => {
    if (error) process.exit(1);
  });
};

const reportOf = (error: unknown): ErrorReport =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message }
    : { errorType: 'Error', errorMessage: String(error) };

function contextOf({ requestId, timeoutMs }: Invoke): Context {
  const end = performance.now() + timeoutMs;
  const name = process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? '';
  return {
    awsRequestId: requestId,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: process.env['HUB_LOCAL_FUNCTION_ARN'] ?? '',
    memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? '',
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: String(process.pid),
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(end - performance.now())),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}

async function run(handler: Handler, invoke: Invoke): Promise<void> {
  const { requestId } = invoke;
  clockOffsetMs = invoke.clockOffsetMs;
  process.env['_X_AMZN_TRACE_ID'] = invoke.trace;
  try {
    const result = JSON.stringify((await handler(JSON.parse(invoke.event), contextOf(invoke))) ?? null);
    if (Buffer.byteLength(result) > MAX_PAYLOAD_BYTES) throw tooLarge(result);
    send({ type: 'result', requestId, result });
  } catch (error) {
    // Where Lambda writes it, too: into the function's own log.
    console.error(error);
    send({ type: 'error', requestId, error: reportOf(error) });
  }
}

const tooLarge = (result: string): Error =>
  Object.assign(
    new Error(
      `Response payload size (${Buffer.byteLength(result)} bytes) exceeded maximum allowed payload size (6291556 bytes).`,
    ),
    {
      name: 'Function.ResponseSizeTooLarge',
    },
  );

/**
 * What loading and an event have compiled, for the next process of this function. At its end it would be too late:
 * the hub kills idle processes. What is there already is not written again.
 */
const keepCompiled = (): void => flushCompileCache();

async function load(): Promise<Handler> {
  const module = (await import(modulePath)) as Record<string, unknown>;
  const handler = module[exportName] ?? (module['default'] as Record<string, unknown> | undefined)?.[exportName];
  if (typeof handler !== 'function') throw new Error(`${exportName} is undefined or not exported`);
  return handler as Handler;
}

try {
  const handler = await load();
  process.on('message', (invoke: Invoke) => void run(handler, invoke).then(keepCompiled));
  send({ type: 'ready' });
} catch (error) {
  console.error(error);
  send({ type: 'failed-to-load', error: reportOf(error) });
}
