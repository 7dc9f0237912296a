import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Announcement } from '../../infra/local/announcement.ts';

/** A local hub in processes of its own, as `npm start` runs it, on free ports. */
export interface RunningHub extends Announcement {
  /** Its data folder: start another hub on it after `kill9`. */
  readonly data: string;
  /** Moves the hub's clock forward; returns its new time. */
  advance(seconds: number): Promise<Date>;
  now(): Promise<Date>;
  /** What functions have written, or one of them (`check`, `catalog-api` …). */
  functionLogs(name?: string): Promise<string>;
  /** Holds a function's process up in the middle of whatever it does, until the answer is called. */
  freeze(functionName: string): Promise<() => void>;
  /** Kills a function's process in the middle of whatever it does, frozen or not; the hub goes on. */
  killFunction(functionName: string): Promise<void>;
  /** Lets it end properly; a data folder that `startHub` made is removed. */
  stop(): Promise<void>;
  /** Kills it at once together with its functions, as a power cut would; the data stay. */
  kill9(): Promise<void>;
}

export interface HubOptions {
  /** By default a new temporary folder. */
  readonly data?: string;
  /** By default this project's own CDK app, synthesized when something has changed. */
  readonly assembly?: string;
  readonly port?: number;
  /** Empties the data folder first. */
  readonly fresh?: boolean;
  /** Whether the functions of the API are started ahead of the first call. */
  readonly warm?: boolean;
  /** Whether schedules fire as time passes, and not only when the clock is moved. By default they do. */
  readonly ticking?: boolean;
}

const MADE_HERE = 'exchange-hub-test-';
const MAIN = join(import.meta.dirname, '../../infra/local/main.mjs');

/** Resolves when the hub is ready; rejects with what it said when it cannot start. */
export async function startHub({
  data,
  assembly,
  port = 0,
  fresh = false,
  warm = false,
  ticking = true,
}: HubOptions = {}): Promise<RunningHub> {
  const dataDir = data ?? (await mkdtemp(join(tmpdir(), MADE_HERE)));
  const child = spawn(
    process.execPath,
    [
      MAIN,
      '--json',
      '--until-stdin-ends',
      '--port',
      String(port),
      '--data',
      dataDir,
      ...(assembly === undefined ? [] : ['--assembly', assembly]),
      ...(fresh ? ['--fresh'] : []),
      ...(warm ? [] : ['--cold']),
      ...(ticking ? [] : ['--no-ticking']),
    ],
    // A group of its own, to be killed as one; its standard input ends with this process.
    { stdio: ['pipe', 'pipe', 'pipe'], detached: true },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const announcement = await firstLine(child).catch(async (error: unknown) => {
    if (data === undefined) await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  return {
    ...announcement,
    data: dataDir,
    ...clockOf(announcement.api),
    functionLogs: (name) => logsIn(announcement.logs, name),
    freeze: (name) => freeze(child.pid, name),
    killFunction: async (name) => signal(await processesOf(child.pid, name), 'SIGKILL'),
    ...endings(child, exited, dataDir),
  };
}

function firstLine(child: ChildProcess): Promise<Announcement> {
  return new Promise((resolve, reject) => {
    let said = '';
    let told = '';
    child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-20_000)));
    child.stdout?.on('data', (chunk: Buffer) => {
      told += chunk.toString('utf8');
      if (told.includes('\n')) resolve(JSON.parse(told) as Announcement);
    });
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`the hub ended with ${code}:\n${said}`)));
  });
}

function clockOf(api: string): Pick<RunningHub, 'advance' | 'now'> {
  const tell = async (body?: object): Promise<Date> => {
    const init = body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    const answer = await fetch(`${api}/_local/clock`, init);
    if (!answer.ok) throw new Error(`the clock answers ${answer.status}: ${await answer.text()}`);
    return new Date(((await answer.json()) as { now: string }).now);
  };
  return { now: () => tell(), advance: (seconds) => tell({ advance: seconds }) };
}

async function logsIn(directory: string, name: string | undefined): Promise<string> {
  const files = (await readdir(directory)).filter((file) => name === undefined || file.endsWith(`-${name}.log`));
  return (await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8')))).join('');
}

async function freeze(hub: number | undefined, name: string): Promise<() => void> {
  const found = await processesOf(hub, name);
  signal(found, 'SIGSTOP');
  return () => signal(found, 'SIGCONT');
}

const signal = (pids: readonly number[], what: NodeJS.Signals): void => pids.forEach((pid) => process.kill(pid, what));

/** Linux tells of processes in /proc: a hub's functions are its children, and have their names in the environment. */
async function processesOf(hub: number | undefined, name: string): Promise<readonly number[]> {
  const found: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const [status = '', environment = ''] = await Promise.all(
      ['status', 'environ'].map((file) => readFile(`/proc/${entry}/${file}`, 'utf8').catch(() => '')),
    );
    const isChild = new RegExp(`^PPid:\\s*${hub}$`, 'm').test(status);
    const runs = environment.split('\0').find((one) => one.startsWith('AWS_LAMBDA_FUNCTION_NAME='));
    if (isChild && runs?.endsWith(`-${name}`)) found.push(Number(entry));
  }
  if (found.length === 0) throw new Error(`no process of ${name} is running`);
  return found;
}

function endings(child: ChildProcess, exited: Promise<void>, dataDir: string): Pick<RunningHub, 'stop' | 'kill9'> {
  return {
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      if (basename(dataDir).startsWith(MADE_HERE)) await rm(dataDir, { recursive: true, force: true });
    },
    kill9: async () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      await exited;
    },
  };
}
