import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorReport } from './messages.ts';

export interface FunctionLog {
  /** Appended to by all processes of the function. */
  readonly fd: number;
  failure(requestId: string, error: ErrorReport): void;
  close(): void;
}

/** A longer log is set aside at start, so that a data folder does not grow for ever. */
const MAX_BYTES = 20 * 1024 * 1024;

export function functionLog(directory: string, functionName: string): FunctionLog {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${functionName}.log`);
  if (existsSync(file) && statSync(file).size > MAX_BYTES) renameSync(file, `${file}.1`);
  const fd = openSync(file, 'a', 0o600);
  let open = true;
  return {
    fd,
    close: () => {
      if (open) closeSync(fd);
      open = false;
    },
    failure: (requestId, { errorType, errorMessage }) => {
      if (!open) return;
      const at = new Date().toISOString();
      writeSync(
        fd,
        `${JSON.stringify({ level: 'ERROR', timestamp: at, message: 'invocation failed', requestId, errorType, errorMessage })}\n`,
      );
    },
  };
}
