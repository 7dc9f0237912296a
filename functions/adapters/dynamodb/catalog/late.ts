import type { UpdateCycle } from '../../../../schemas/contracts/definition.ts';
import type { DepartmentId, ResourceId } from '../../../../schemas/contracts/ids.ts';
import type { ResourceHead } from '../../../../schemas/stored/catalog.ts';
import type { LateCandidate } from '../../../catalog/ports.ts';
import { lateAfter } from '../../../reading/update-cycle.ts';
import { mark, marked, unmark } from '../table/due.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import type { Write } from '../table/write.ts';

type Resource = Pick<ResourceHead, 'resourceId' | 'provider'>;

/** From when on a resource is late without another dataset; nothing where it cannot be. */
export function markLate(
  table: Table,
  { resourceId, provider }: Resource,
  cycle: UpdateCycle | undefined,
  since: string | undefined,
): readonly Write[] {
  const at = cycle !== undefined && since !== undefined ? lateAfter(cycle, since) : undefined;
  return at === undefined ? [] : [mark(table, 'late', keyOf.resource(resourceId), { resourceId, provider }, at)];
}

export const neverLate = (table: Table, resourceId: ResourceId): Write =>
  unmark(table, 'late', keyOf.resource(resourceId));

export async function* lateBy(table: Table, until: string): AsyncGenerator<LateCandidate> {
  for await (const item of marked(table, 'late', until))
    yield {
      resourceId: item['resourceId'] as ResourceId,
      provider: item['provider'] as DepartmentId,
      since: item['dueSk'] as string,
    };
}
