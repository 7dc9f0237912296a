import { randomUUID } from 'node:crypto';
import { functionLog, type FunctionLog } from './function-log.ts';
import type { FunctionSpec } from './function-spec.ts';
import { traceOfInvocation } from './lineage.ts';
import type { ErrorReport, InvocationResult } from './messages.ts';
import { MAX_PAYLOAD_BYTES } from './payload-limit.mjs';
import { startWorker, type Worker } from './worker.ts';

export interface FunctionPool {
  readonly spec: FunctionSpec;
  /** Takes a free process, starts one, waits a little where two are busy, or waits on where no more may run. Never rejects. */
  readonly invoke: (event: unknown, options?: InvokeOptions) => Promise<InvocationResult>;
  /** Says in the function's log that it was not invoked, and why. */
  readonly noteFailure: (requestId: string, error: ErrorReport) => void;
  /** Starts a process ahead of the first event. */
  readonly warm: () => void;
  readonly pids: () => readonly number[];
  /** Lets the running events end for a moment, then ends all processes. */
  readonly stop: (graceMs: number) => Promise<void>;
}

interface InvokeOptions {
  readonly requestId?: string;
  /** Gives up with `TooManyRequestsException`, as a throttled Lambda, where no process becomes free in time. */
  readonly waitMs?: number;
  /** Of the messages that it is invoked with; without, a chain of requests begins with it. */
  readonly traces?: readonly (string | undefined)[];
}

export interface PoolOptions {
  readonly logDir: string;
  readonly clockOffsetMs: () => number;
  /** Where processes keep what they have compiled, for those of later hubs. */
  readonly compiledDir: string;
  /** How long a process waits for work before it is ended. */
  readonly idleMs?: number;
  /** How long an event waits for one of two busy processes before it gets one of its own. */
  readonly patienceMs?: number;
}

const IDLE_MS = 10 * 60_000;

/** So many events of one function always run at once, where there are as many: what can meet on Lambda has to meet here. */
const SIDE_BY_SIDE = 2;

/** In that time a process starts and runs its first events, even where others want the processor: to wait is no slower. */
const PATIENCE_MS = 1_000;

/** The processes of one function: each runs one event at a time, idle ones are used again, dead ones replaced. */
export function functionPool(
  spec: FunctionSpec,
  { logDir, clockOffsetMs, compiledDir, idleMs = IDLE_MS, patienceMs = PATIENCE_MS }: PoolOptions,
): FunctionPool {
  const log = functionLog(logDir, spec.name);
  const all = new Set<Worker>();
  const idle: { worker: Worker; reaper: NodeJS.Timeout }[] = [];
  const waiting: ((worker: Worker | undefined) => void)[] = [];
  let stopping = false;
  let running = 0;

  const start = (): Worker => {
    const worker = startWorker(spec, log.fd, clockOffsetMs(), compiledDir);
    all.add(worker);
    void worker.ended.then(() => all.delete(worker));
    return worker;
  };
  const take = (waitMs: number | undefined): Promise<Worker | undefined> => {
    for (let free = idle.pop(); free; free = idle.pop()) {
      clearTimeout(free.reaper);
      if (!free.worker.alive) continue;
      running++;
      return Promise.resolve(free.worker);
    }
    if (running < Math.min(SIDE_BY_SIDE, spec.concurrency)) return Promise.resolve(another());
    return new Promise((resolve) => {
      waiting.push(resolve);
      if (running < spec.concurrency) setTimeout(() => relieve(resolve), patienceMs).unref();
      if (waitMs !== undefined) setTimeout(() => leave(resolve), waitMs).unref();
    });
  };
  const another = (): Worker => {
    running++;
    return start();
  };
  /** Nothing became free: what runs takes its time, and a process more is worth its start. */
  const relieve = (waiter: (worker: Worker | undefined) => void): void => {
    const position = waiting.indexOf(waiter);
    if (position < 0 || stopping || running >= spec.concurrency) return;
    waiting.splice(position, 1);
    waiter(another());
  };
  const leave = (waiter: (worker: Worker | undefined) => void): void => {
    const position = waiting.indexOf(waiter);
    if (position < 0) return;
    waiting.splice(position, 1);
    waiter(undefined);
  };
  const give = (worker: Worker): void => {
    const next = waiting.shift();
    if (next) return next(worker.alive ? worker : start());
    running--;
    if (!worker.alive || stopping) return worker.kill();
    rest(worker);
  };
  const rest = (worker: Worker): void => {
    const reaper = setTimeout(() => {
      const position = idle.findIndex((each) => each.worker === worker);
      if (position >= 0) idle.splice(position, 1);
      worker.kill();
    }, idleMs);
    reaper.unref();
    idle.push({ worker, reaper });
  };

  return {
    spec,
    pids: () => [...all].flatMap(({ pid }) => (pid === undefined ? [] : [pid])),
    noteFailure: (requestId, error) => log.failure(requestId, error),
    warm: () => rest(start()),
    invoke: async (event, { requestId = randomUUID(), waitMs, traces = [] } = {}) => {
      const payload = JSON.stringify(event);
      if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES) return tooLarge;
      const worker = stopping ? undefined : await take(waitMs);
      if (!worker) return stopping ? stopped : throttled;
      const result = await worker.invoke({
        requestId,
        event: payload,
        timeoutMs: spec.timeoutMs,
        trace: traceOfInvocation(traces, spec.arn),
        clockOffsetMs: clockOffsetMs(),
      });
      give(worker);
      if (!result.ok) log.failure(requestId, result.error);
      return result;
    },
    stop: async (graceMs) => {
      stopping = true;
      for (const resolve of waiting.splice(0)) resolve(undefined);
      for (const { reaper, worker } of idle.splice(0)) {
        clearTimeout(reaper);
        worker.kill();
      }
      await endAll(all, graceMs, log);
    },
  };
}

async function endAll(workers: ReadonlySet<Worker>, graceMs: number, log: FunctionLog): Promise<void> {
  const ended = Promise.all([...workers].map((worker) => worker.ended));
  const timer = setTimeout(() => {
    for (const worker of workers) worker.kill();
  }, graceMs);
  await ended;
  clearTimeout(timer);
  log.close();
}

const stopped: InvocationResult = {
  ok: false,
  error: { errorType: 'ServiceException', errorMessage: 'the hub is stopping' },
};
const throttled: InvocationResult = {
  ok: false,
  error: { errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.' },
};
const tooLarge: InvocationResult = {
  ok: false,
  error: {
    errorType: 'RequestTooLargeException',
    errorMessage: 'Request must be smaller than 6291456 bytes for the InvokeFunction operation',
  },
};
