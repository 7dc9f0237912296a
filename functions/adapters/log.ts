import { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from '../kernel/ports.ts';

/** One JSON object a line. An error shows its name, message and place; parsers' messages never quote what they read. */
export function powertoolsLog(service: string): { readonly logger: Logger; readonly log: Log } {
  const logger = new Logger({ serviceName: service });
  const write =
    (level: 'info' | 'warn' | 'error'): Log['info'] =>
    (message, about = {}) =>
      logger[level](message, { about });
  return { logger, log: { info: write('info'), warn: write('warn'), error: write('error') } };
}
