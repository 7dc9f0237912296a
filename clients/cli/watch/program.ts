import { spawn } from 'node:child_process';
import type { Due } from './order.ts';

export interface Run {
  readonly command: string;
  readonly file: string;
  readonly due: Due;
  /** Its standard output goes to standard error: ours carries the events. */
  readonly quiet: boolean;
  readonly onStart: (pid: number) => Promise<void>;
}

/** What a program is told beside the file, as environment variables. */
const environmentOf = (due: Due, file: string): Record<string, string> => ({
  HUB_FILE: file,
  HUB_DELIVERY_ID: due.deliveryId,
  HUB_AGREEMENT_ID: due.agreementId,
  HUB_TERMS_VERSION: String(due.termsVersion),
  HUB_RESOURCE_ID: due.resourceId,
  HUB_RESOURCE_VERSION: String(due.resourceVersion),
  HUB_DATASET_VERSION: String(due.datasetVersion),
  HUB_PROVIDER: due.provider,
  HUB_FORMAT: due.format,
  HUB_ROWS: String(due.rows),
  HUB_BYTES: String(due.bytes),
  HUB_SHA256: due.sha256,
});

/** `{}` stands for the file, as in find(1); without it the file is the last argument. */
export const shellLine = (command: string): string =>
  command.includes('{}') ? command.replaceAll('{}', '"$HUB_FILE"') : `${command} "$HUB_FILE"`;

/**
 * Runs the program on the file; what it says of its failure, or nothing. It has a process group of its own, so that
 * Ctrl-C in the terminal lets it finish.
 */
export async function run({ command, file, due, quiet, onStart }: Run): Promise<string | undefined> {
  const child = spawn('sh', ['-c', shellLine(command)], {
    stdio: ['ignore', quiet ? 2 : 'inherit', 'inherit'],
    env: { ...process.env, ...environmentOf(due, file) },
    detached: true,
  });
  const ended = new Promise<string | undefined>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(failureOf(code, signal)));
  });
  if (child.pid !== undefined) await onStart(child.pid);
  return ended;
}

function failureOf(code: number | null, signal: string | null): string | undefined {
  if (code === 0) return undefined;
  return code === null ? `the program was ended by ${signal}` : `the program ended with ${code}`;
}
