import { Readable } from 'node:stream';
import { run } from '../../clients/cli/run.ts';

/** A command as it is typed: everything that it would find in a process of its own. */
export interface Typed {
  readonly words: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input: string;
  /** What is written at the end of both outputs. */
  readonly end: string;
}

/** What came of it. */
export interface Printed {
  /** Exit code, or the signal that ended it. */
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

export type Told = Typed | 'leave';

/*
 * One process for one command after the other (`kept-client.ts`). Each has its own folder, environment, standard input and exit
 * code; what a process alone has, signals and its own end, is tried with processes.
 */
process.on('message', (told: Told) => (told === 'leave' ? process.exit() : void play(told)));
process.on('disconnect', () => process.exit());

async function play({ words, folder, env, input, end }: Typed): Promise<void> {
  process.chdir(folder);
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  Object.defineProperty(process, 'stdin', { value: Readable.from([Buffer.from(input)]), configurable: true });
  await run(words);
  const code = process.exitCode ?? 0;
  process.exitCode = undefined;
  for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal);
  process.stdout.write(end);
  process.stderr.write(end);
  process.send?.(code);
}
