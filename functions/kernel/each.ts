import { Fault } from './fault.ts';
import type { Log } from './ports.ts';

/**
 * Does the work for every item, so many at a time; a fault in one is collected and keeps no other from its turn. So is a
 * fault of the listing itself, which ends it: what is under way is waited for, and whatever the caller does next is done.
 * @param failed hears of each fault of the work at once, with its item; what it meets itself is one more
 */
export async function each<T>(
  items: Iterable<T> | AsyncIterable<T>,
  width: number,
  work: (item: T) => Promise<void>,
  failed: (item: T, fault: unknown) => Promise<void> | void = () => undefined,
): Promise<unknown[]> {
  const faults: unknown[] = [];
  const running = new Set<Promise<void>>();
  try {
    for await (const item of items) {
      const task: Promise<void> = work(item)
        .catch((fault: unknown) => {
          faults.push(fault);
          return failed(item, fault);
        })
        .catch((fault: unknown) => void faults.push(fault))
        .finally(() => running.delete(task));
      running.add(task);
      if (running.size >= width) await Promise.race(running);
    }
  } catch (fault) {
    faults.push(fault);
  }
  await Promise.all(running);
  return faults;
}

/**
 * Each item with what the work made of it, in their order, so many at a time; those that come after what a reader takes are
 * not begun, beyond the batch that is under way. A fault ends it.
 */
export async function* inOrder<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<readonly [item: T, result: R]> {
  const done = (batch: readonly T[]) => Promise.all(batch.map(async (item) => [item, await work(item)] as const));
  let batch: T[] = [];
  for await (const item of items) {
    if (batch.push(item) < width) continue;
    yield* await done(batch);
    batch = [];
  }
  yield* await done(batch);
}

/** The first so many of a long listing: what is left waits for the next run. */
export async function* atMost<T>(count: number, items: AsyncIterable<T>): AsyncGenerator<T> {
  let taken = 0;
  for await (const item of items) {
    yield item;
    if (++taken === count) return;
  }
}

/** Tells of what was collected, a line each, and of a great many the first: they are mostly the same. */
export function tell(log: Pick<Log, 'error'>, message: string, faults: readonly unknown[]): void {
  for (const error of faults.slice(0, FAULTS_TOLD)) log.error(message, { error });
}

const FAULTS_TOLD = 5;

/** Throws what was collected, if anything, so that the event comes again; the log shows the first as its cause. */
export function raise(message: string, faults: readonly unknown[]): void {
  if (faults.length > 0) throw new Fault(`${message}: ${faults.length} failed`, { cause: faults[0] });
}
