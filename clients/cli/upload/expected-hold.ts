import { holding } from '../../../functions/records/index.ts';
import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { Dataset } from '../../../schemas/contracts/resources.ts';
import type { Held } from '../../../schemas/contracts/uploads.ts';
import { RefusedError, type HubClient } from '../../protocol/hub-client.ts';

/**
 * Why the hub would hold a snapshot of so many rows: far more or fewer than the dataset in force has, by the resource's
 * own limit (PROTOCOL.md, Resources). Undefined also where that dataset is not yours to know of.
 */
export async function expectedHold(
  client: Pick<HubClient, 'get'>,
  resourceId: string,
  { drift }: Pick<ResourceDefinition, 'drift'>,
  rows: number,
): Promise<Held | undefined> {
  if (!drift) return undefined;
  return holding({}, { drift }, rows, await rowsInForce(client, resourceId));
}

async function rowsInForce(client: Pick<HubClient, 'get'>, resourceId: string): Promise<number | undefined> {
  try {
    const path = `/v1/resources/${encodeURIComponent(resourceId)}/datasets`;
    const { items } = await client.get<{ readonly items: readonly Dataset[] }>(path, { limit: 1 });
    return items[0]?.rows;
  } catch (fault) {
    if (fault instanceof RefusedError && fault.problem.status < 500) return undefined;
    throw fault;
  }
}
