import type { UpdateCycle } from '../../../../schemas/contracts/definition.ts';
import type { DepartmentId, ResourceId } from '../../../../schemas/contracts/ids.ts';
import type { LateCandidate } from '../../../catalog/ports.ts';
import { lateAfter } from '../../../reading/update-cycle.ts';
import type { Table } from '../table/reads.ts';
import { due } from '../table/walk.ts';

/** Where a resource's head is found once it is late; nowhere while it cannot be. */
export function lateMark(
  cycle: UpdateCycle | undefined,
  since: string | undefined,
): { readonly at: string } | undefined {
  const at = cycle !== undefined && since !== undefined ? lateAfter(cycle, since) : undefined;
  return at === undefined ? undefined : { at };
}

/** An update's part that sets or takes away the mark, with its values. */
export const markingLate = (mark: { readonly at: string } | undefined) =>
  mark
    ? { set: ['duePk = :late', 'dueSk = :lateAt'], remove: [], values: { ':late': 'LATE', ':lateAt': mark.at } }
    : { set: [], remove: ['duePk', 'dueSk'], values: {} };

export async function* lateBy(table: Table, until: string): AsyncGenerator<LateCandidate> {
  for await (const item of due(table, 'LATE', until))
    yield {
      resourceId: item['resourceId'] as ResourceId,
      provider: item['provider'] as DepartmentId,
      since: item['dueSk'] as string,
    };
}
