import { readdir, readFile } from 'node:fs/promises';

/**
 * Peak resident memory in MiB of the processes of a local hub's functions, by function (`check`, `deliver` …); of several
 * processes of one the largest. From Linux's /proc: elsewhere nothing is known.
 */
export async function workerMemory(hubPid: number): Promise<Map<string, number>> {
  const peaks = new Map<string, number>();
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const [name, peak] = (await workerOf(pid, hubPid)) ?? [];
    if (name !== undefined && peak !== undefined) peaks.set(name, Math.max(peak, peaks.get(name) ?? 0));
  }
  return peaks;
}

/** A process may end between two reads, and other users' are not to be read. */
async function workerOf(pid: string, hubPid: number): Promise<[string, number] | undefined> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    if (Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) !== hubPid) return undefined;
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
    const name = /(?:^|\0)AWS_LAMBDA_FUNCTION_NAME=hub-[^-\0]+-([^\0]+)/.exec(environment)?.[1];
    const peak = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
    return name === undefined ? undefined : [name, peak];
  } catch {
    return undefined;
  }
}
