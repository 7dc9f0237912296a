import { Fault } from '../../../kernel/fault.ts';
import type { Table } from './reads.ts';
import { commit, type Write } from './write.ts';

/**
 * All writes or none, and what it means where a condition does not hold: of these outcomes the first one of whose writes
 * failed.
 *
 * @param more writes that are nobody else's to fail
 * @throws Fault where one of those did
 */
export async function commitUnless<Outcome extends string>(
  table: Table,
  what: string,
  conditional: readonly (readonly [outcome: Outcome, writes: readonly Write[]])[],
  more: readonly Write[],
): Promise<'done' | Outcome> {
  const outcomes = conditional.flatMap(([outcome, writes]) => writes.map(() => outcome));
  const result = await commit(table, [...conditional.flatMap(([, writes]) => writes), ...more]);
  if (result.committed) return 'done';
  const failed = new Set(result.failed.map((position) => outcomes[position]));
  const found = conditional.find(([outcome]) => failed.has(outcome));
  if (!found) throw new Fault(`${what} is in its own way: writes ${result.failed.join(', ')}`);
  return found[0];
}
