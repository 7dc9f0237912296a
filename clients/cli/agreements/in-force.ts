import { isFiled } from '../../../functions/reading/agreement.ts';
import type { AgreementSummary } from '../../../schemas/contracts/agreements.ts';
import type { HubClient } from '../../protocol/hub-client.ts';
import { routes } from '../../protocol/routes.ts';

/** Agreements under which a department receives something, or will again once they are resumed; of one resource, or of all. */
export async function inForceFor(
  client: HubClient,
  department: string,
  resourceId?: string,
): Promise<AgreementSummary[]> {
  const found: AgreementSummary[] = [];
  for await (const one of client.list(routes.listAgreements, { query: { resourceId } }))
    if (one.consumer === department && isFiled(one)) found.push(one);
  return found;
}
