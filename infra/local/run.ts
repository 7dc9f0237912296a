import { createServer } from 'node:http';
import { relative } from 'node:path';
import { countBuffersAsHeap } from '../../functions/adapters/external-memory.ts';
import { withdraw } from './announcement.ts';
import { listen } from './api/listen.ts';
import { takeDataFolder, StartRefusal } from './data-folder.ts';
import type { RunningHub } from './hub.ts';
import type { Options } from './options.ts';
import { progressTo, type Progress } from './progress.ts';
import { TemplateFault } from './template/fault.ts';

/** Starts the hub and keeps it running until it is told to stop. Sets the exit code. */
export async function run(options: Options): Promise<void> {
  countBuffersAsHeap();
  const progress = progressTo((line) => (options.json ? process.stderr : process.stdout).write(`${line}\n`));
  try {
    const hub = await boot(options, progress);
    stopWhenTold(hub, progress, options.untilStdinEnds);
    if (options.json) process.stdout.write(`${JSON.stringify(hub.announcement)}\n`);
  } catch (error) {
    process.stderr.write(`\n${told(error, options)}\n`);
    process.exit(1);
  }
}

async function boot(options: Options, progress: Progress): Promise<RunningHub> {
  progress.say('Exchange hub, local');
  await mustBeFree(options.port);
  const resuming = takeDataFolder(options.dataDir, options.fresh);
  // Before anything that takes time: a killed hub has left its own, and whoever waits for ours must not see that.
  withdraw(options.dataDir);
  const [{ currentAssembly }, { startHub }] = await Promise.all([import('./synthesis.ts'), import('./hub.ts')]);
  const assembly = options.assembly ?? (await progress.step('CDK app', currentAssembly)).directory;
  const hub = await startHub({ ...options, resuming, assembly, progress });
  const { api, aws, credentials, departments, logs } = hub.announcement;
  progress.say(`
  API          ${api}
  AWS          ${aws}
  credentials  ${short(credentials)}  (${departments.length} departments: ${departments.slice(0, 3).join(', ')} …)
  logs         ${short(logs)}
ready in ${progress.elapsed()}; Ctrl-C stops, --help explains`);
  return hub;
}

const short = (path: string): string => {
  const nearer = relative(process.cwd(), path);
  return nearer.startsWith('..') ? path : nearer;
};

/** Asked before the synthesis, which takes its time. */
async function mustBeFree(port: number): Promise<void> {
  if (port === 0) return;
  for (const each of [port, port + 1]) {
    const probe = createServer();
    await listen(probe, each);
    await new Promise((resolve) => probe.close(resolve));
  }
}

function stopWhenTold(hub: RunningHub, progress: Progress, untilStdinEnds: boolean): void {
  let stopping = false;
  const stop = (): void => {
    // Asked twice: at once.
    if (stopping) process.exit(130);
    stopping = true;
    progress.say('stopping …');
    hub.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  if (untilStdinEnds) process.stdin.on('end', stop).resume();
}

function told(error: unknown, { port, dataDir }: Options): string {
  if (error instanceof StartRefusal) return error.message;
  if (error instanceof TemplateFault) return `The local hub cannot run this template:\n${error.message}`;
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return `Port ${port} or ${port + 1} is in use, perhaps by another hub. Stop that, or choose another with --port, e.g. npm start -- --port ${port + 100}`;
  if (code === 'EACCES')
    return `${message}\nNo permission: choose another --port (above 1023) or --data (now ${dataDir}).`;
  return stack ?? String(error);
}
