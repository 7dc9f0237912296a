import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Announcement } from '../../infra/local/announcement.ts';
import { bundledClient } from '../support/bundled-client.ts';
import { KeptClient } from './kept-client.ts';
import type { Printed } from './typed.ts';

export interface Typing {
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input. */
  readonly input?: string;
}

/** A command under way: for what runs until it is stopped. */
export interface Started {
  readonly child: ChildProcess;
  readonly printed: Promise<Printed>;
  /** Resolves when this text has been printed; rejects when the command ends without. */
  says(text: string): Promise<void>;
}

/** A working folder in which `hub …` is typed, with a home of its own and nothing else in the environment. */
export class Terminal {
  readonly folder: string;
  /** The whole environment of what is typed. */
  readonly env: Readonly<Record<string, string>>;

  /** What is started, with its first arguments; the bundle for tests where none is named. */
  private readonly program: readonly string[] | undefined;
  /** Those that have nothing to do. */
  private readonly kept: KeptClient[] = [];

  private constructor(program: readonly string[] | undefined, folder: string, env: Readonly<Record<string, string>>) {
    this.program = program;
    this.folder = folder;
    this.env = { PATH: process.env['PATH'] ?? '', HOME: folder, TZ: 'Asia/Shanghai', ...env };
  }

  static async open(env: Readonly<Record<string, string>> = {}, program?: readonly string[]): Promise<Terminal> {
    return new Terminal(program, await mkdtemp(join(tmpdir(), 'exchange-hub-terminal-')), env);
  }

  /** Beside a running hub, as one department; without, `AWS_PROFILE` comes with what is typed. */
  static beside(
    hub: Pick<Announcement, 'api' | 'region' | 'credentials'>,
    department?: string,
    program?: readonly string[],
  ): Promise<Terminal> {
    const env = {
      HUB_API: hub.api,
      AWS_REGION: hub.region,
      AWS_SHARED_CREDENTIALS_FILE: hub.credentials,
      ...(department !== undefined && { AWS_PROFILE: department }),
    };
    return Terminal.open(env, program);
  }

  async close(): Promise<void> {
    await Promise.all(this.kept.splice(0).map((client) => client.leave()));
    await rm(this.folder, { recursive: true, force: true });
  }

  async file(name: string, content: string, mode = 0o644): Promise<void> {
    await writeFile(join(this.folder, name), content, { mode });
  }

  read(name: string): Promise<string> {
    return readFile(join(this.folder, name), 'utf8');
  }

  /**
   * What was typed after `hub`, with single quotes around what has blanks; in a process that serves many commands, but where
   * the environment has what Node reads when it starts, or a program is named.
   */
  async hub(line: string, { env = {}, input = '' }: Typing = {}): Promise<Printed> {
    if (this.program || Object.keys(env).some((name) => name.startsWith('NODE_')))
      return this.start(line, { env, input }).printed;
    const client = this.kept.pop() ?? new KeptClient(join(dirname(bundledClient()), 'start-typed.mjs'));
    const words = wordsOf(line);
    const printed = await client.type({ words, folder: this.folder, env: { ...this.env, ...env }, input });
    if (client.alive) this.kept.push(client);
    return printed;
  }

  /** In a process of its own. */
  start(line: string, { env = {}, input }: Typing = {}): Started {
    const [command, ...first] = this.program ?? [process.execPath, bundledClient()];
    const child = spawn(command ?? process.execPath, [...first, ...wordsOf(line)], {
      cwd: this.folder,
      env: { ...this.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    // A command that reads nothing may have ended by now.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
    return followed(child);
  }
}

function followed(child: ChildProcess): Started {
  const said = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => (said.out += chunk.toString('utf8')));
  child.stderr?.on('data', (chunk: Buffer) => (said.err += chunk.toString('utf8')));
  const printed = new Promise<Printed>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code: code ?? signal ?? 'lost', ...said }));
  });
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => (said.out + said.err).includes(text) && resolve();
      child.stdout?.on('data', look);
      child.stderr?.on('data', look);
      child.once('close', () => reject(new Error(`ended without saying ${text}:\n${said.out}${said.err}`)));
      look();
    });
  return { child, printed, says };
}

const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
