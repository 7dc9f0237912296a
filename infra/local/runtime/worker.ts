import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { FunctionSpec } from './function-spec.ts';
import type { FromHost, InvocationResult, Invoke } from './messages.ts';

/** One process of one function: warm between events, gone after a crash or a timeout. */
export interface Worker {
  readonly pid: number | undefined;
  readonly alive: boolean;
  /** One at a time. Never rejects: whatever happens to the process is a failed invocation. */
  invoke(invoke: Invoke): Promise<InvocationResult>;
  kill(): void;
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>;
}

const HOST = join(import.meta.dirname, 'host.mjs');

/** Lambda's limit of the init phase, after which it counts against the timeout; here it is a failure. */
const INIT_MS = 10_000 * 3;

const failed = (errorType: string, errorMessage: string): InvocationResult => ({
  ok: false,
  error: { errorType, errorMessage },
});

/** Starts a process; its output is appended to `logFd`. */
export function startWorker(spec: FunctionSpec, logFd: number, clockOffsetMs: number, compiledDir: string): Worker {
  const child = fork(HOST, [spec.modulePath, spec.exportName, String(clockOffsetMs), compiledDir], {
    // The heap gets what the function's memory allows; buffers outside the heap are not counted.
    execArgv: [`--max-old-space-size=${spec.memoryMb}`, '--disable-warning=ExperimentalWarning'],
    env: { ...spec.env },
    stdio: ['ignore', logFd, logFd, 'ipc'],
    serialization: 'json',
  });
  const state = watch(child);
  return {
    pid: child.pid,
    get alive() {
      return state.alive;
    },
    kill: () => void child.kill('SIGKILL'),
    ended: state.ended,
    invoke: async (invoke) => {
      const notReady = await state.ready;
      if (notReady) return notReady;
      const answer = state.next(invoke.requestId);
      if (state.alive) child.send(invoke, () => undefined);
      const timer = setTimeout(
        () =>
          state.fail(
            failed('Sandbox.Timedout', `Task timed out after ${(invoke.timeoutMs / 1000).toFixed(2)} seconds`),
          ),
        invoke.timeoutMs,
      );
      const result = await answer;
      clearTimeout(timer);
      return result;
    },
  };
}

/** The life of a child: loading, then one answer after the other, until it ends. */
function watch(child: ChildProcess) {
  let alive = true;
  let settle: ((result: InvocationResult) => void) | undefined;
  let requestId: string | undefined;
  const ready = Promise.withResolvers<InvocationResult | undefined>();
  const ended = Promise.withResolvers<void>();

  const end = (result: InvocationResult): void => {
    alive = false;
    ready.resolve(result);
    settle?.(result);
    settle = undefined;
  };
  const fail = (result: InvocationResult): void => {
    end(result);
    child.kill('SIGKILL');
  };
  const loading = setTimeout(() => fail(failed('Sandbox.Timedout', 'the function did not load in time')), INIT_MS);

  child.on('message', (message: FromHost) => {
    if (message.type === 'ready') {
      clearTimeout(loading);
      ready.resolve(undefined);
    } else if (message.type === 'failed-to-load') fail({ ok: false, error: message.error });
    else if (message.requestId === requestId) {
      settle?.(
        message.type === 'result'
          ? { ok: true, result: JSON.parse(message.result) }
          : { ok: false, error: message.error },
      );
      settle = undefined;
    }
  });
  const gone = (why: string): void => {
    clearTimeout(loading);
    end(failed('Runtime.ExitError', why));
    ended.resolve();
  };
  child.on('error', (error) => gone(error.message));
  child.on('exit', (code, signal) =>
    gone(`RequestId: ${requestId ?? 'none'} Error: Runtime exited with ${signal ?? `exit status ${code}`}`),
  );

  return {
    get alive() {
      return alive;
    },
    ready: ready.promise,
    ended: ended.promise,
    fail,
    next: (id: string): Promise<InvocationResult> => {
      requestId = id;
      if (!alive) return Promise.resolve(failed('Runtime.ExitError', 'the process has ended'));
      return new Promise((resolve) => (settle = resolve));
    },
  };
}
