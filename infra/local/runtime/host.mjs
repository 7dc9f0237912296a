import '../http-alone.mjs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { performance } from 'node:perf_hooks';
import { moveDate } from './moved-date.mjs';
import { MAX_PAYLOAD_BYTES } from './payload-limit.mjs';

/**
 * The process of one function: loads its bundled handler and runs one event at a time, as Lambda's runtime does.
 * Started by `worker.ts`; ends when the hub does. JavaScript, as loading what strips types would be a third of its start.
 * @import { Context } from 'aws-lambda'
 * @import { ErrorReport, FromHost, Invoke } from './messages.ts'
 * @typedef {(event: unknown, context: Context) => unknown} Handler
 */

const [modulePath = '', exportName = '', offset = '0', compiledDir] = process.argv.slice(2);
// Bundles have megabytes, and a hub has a dozen of them.
enableCompileCache(compiledDir);
let clockOffsetMs = Number(offset);
moveDate(() => clockOffsetMs);

process.on('disconnect', () => process.exit(0));
// The hub stops its functions itself; Ctrl-C in a terminal reaches the whole group.
process.on('SIGINT', () => undefined);

/** @param {FromHost} message */
const send = (message) => {
  process.send?.(message, undefined, undefined, (error) => {
    if (error) process.exit(1);
  });
};

/** @type {(error: unknown) => ErrorReport} */
const reportOf = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message }
    : { errorType: 'Error', errorMessage: String(error) };

/** @type {(invoke: Invoke) => Context} */
function contextOf({ requestId, timeoutMs }) {
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

/** @type {(handler: Handler, invoke: Invoke) => Promise<void>} */
async function run(handler, invoke) {
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

/** @type {(result: string) => Error} */
const tooLarge = (result) =>
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
const keepCompiled = () => flushCompileCache();

/** @returns {Promise<Handler>} */
async function load() {
  /** @type {Record<string, unknown> & { default?: Record<string, unknown> }} */
  const module = await import(modulePath);
  const handler = module[exportName] ?? module.default?.[exportName];
  if (typeof handler !== 'function') throw new Error(`${exportName} is undefined or not exported`);
  return /** @type {Handler} */ (handler);
}

try {
  const handler = await load();
  process.on('message', (/** @type {Invoke} */ invoke) => void run(handler, invoke).then(keepCompiled));
  send({ type: 'ready' });
} catch (error) {
  console.error(error);
  send({ type: 'failed-to-load', error: reportOf(error) });
}
