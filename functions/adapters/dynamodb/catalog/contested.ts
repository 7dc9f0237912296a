import { Fault } from '../../../kernel/fault.ts';
import { stepAside } from '../table/contention.ts';
import type { Table } from '../table/reads.ts';
import { commit, type Write } from '../table/write.ts';

/** What a change of the catalog writes: its own items, and numbers that others may take at the same moment. */
export interface Attempt<T> {
  readonly own: readonly Write[];
  readonly contested: readonly Write[];
  /** What there is once that is committed. */
  readonly result: T;
}

/** Many departments may publish within a second; each try decides anew on the numbers as they are then. */
const TRIES = 25;
const LONGEST_PAUSE_MS = 100;

/**
 * Commits what `prepare` made of the state that it read. Where only a contested number was taken meanwhile it is asked
 * again. Undefined where it makes nothing, or where the change's own items are not as it read them.
 */
export async function commitContested<T>(
  table: Table,
  prepare: () => Promise<Attempt<T> | undefined>,
): Promise<T | undefined> {
  for (let tries = 0; tries < TRIES; tries++) {
    const attempt = await prepare();
    if (!attempt) return undefined;
    const outcome = await commit(table, [...attempt.own, ...attempt.contested]);
    if (outcome.committed) return attempt.result;
    if (outcome.failed.some((position) => position < attempt.own.length)) return undefined;
    await stepAside(LONGEST_PAUSE_MS);
  }
  throw new Fault(`the catalog changed ${TRIES} times in a row`);
}
