import { holding } from '../../../../functions/records/index.ts';
import type { ResourceDefinition } from '../../../../schemas/contracts/definition.ts';
import type { Held } from '../../../../schemas/contracts/uploads.ts';
import type { HubClient } from '../../../protocol/hub-client.ts';
import { RefusedError } from '../../../protocol/refused.ts';
import { routes } from '../../../protocol/routes.ts';

/**
 * Why the hub would hold a snapshot of so many rows: far more or fewer than the dataset in force has, by the resource's
 * own limit (PROTOCOL.md, Resources). Undefined also where that dataset is not yours to know of.
 */
export async function expectedHold(
  client: Pick<HubClient, 'call'>,
  resourceId: string,
  { drift }: Pick<ResourceDefinition, 'drift'>,
  rows: number,
): Promise<Held | undefined> {
  if (!drift) return undefined;
  return holding({}, { drift }, rows, await rowsInForce(client, resourceId));
}

async function rowsInForce(client: Pick<HubClient, 'call'>, resourceId: string): Promise<number | undefined> {
  try {
    const { items } = await client.call(routes.listDatasets, { params: { resourceId }, query: { limit: 1 } });
    return items[0]?.rows;
  } catch (fault) {
    if (fault instanceof RefusedError && fault.problem.status < 500) return undefined;
    throw fault;
  }
}
