import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { JobResult } from './job.ts';

export interface Measured extends JobResult {
  /** From the start of the process to its end. */
  readonly wallSeconds: number;
}

interface Measurable<Job> {
  readonly system: string;
  command(job: Job): readonly [string, ...string[]];
  result(stdout: string): JobResult;
}

/** Runs a system's program as a process of its own; the whole process is measured. */
export async function measure<Job>(program: Measurable<Job>, job: Job): Promise<Measured> {
  const [command, ...args] = program.command(job);
  const start = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let complained = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complained = (complained + chunk.toString()).slice(-5000)));
  const [code] = (await once(child, 'close')) as [number | null];
  const wallSeconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`${program.system} ended with ${code}:\n${complained}`);
  return { ...program.result(said), wallSeconds };
}
