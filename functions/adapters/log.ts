import { Logger } from '@aws-lambda-powertools/logger';
import { written, type About } from '../kernel/about.ts';
import type { Log } from '../kernel/ports.ts';

/** One JSON object a line; what a line is about stands beside its message, so that `filter uploadId = …` finds it. */
export function powertoolsLog(service: string): { readonly logger: Logger; readonly log: Log } {
  const logger = new Logger({ serviceName: service });
  return { logger, log: logOn(logger, {}) };
}

function logOn(logger: Logger, known: About): Log {
  const write =
    (level: 'info' | 'warn' | 'error'): Log['info'] =>
    (message, about) =>
      logger[level](message, written({ ...known, ...about }));
  return {
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    with: (about) => logOn(logger, { ...known, ...about }),
  };
}
