import type { StoredDelivery } from '../../schemas/contracts/deliveries.ts';
import type { AgreementId, ExtractId } from '../../schemas/contracts/ids.ts';
import { dropIfUnused } from './drop-extract.ts';
import { each, raise } from './each.ts';
import type { Deliveries, ExtractObjects, Extracts, ReleasePlans } from './ports.ts';

const WIDTH = 4;

export interface RevokePorts {
  readonly deliveries: Deliveries;
  readonly extracts: Extracts;
  readonly objects: Pick<ExtractObjects, 'remove'>;
  readonly plans: ReleasePlans;
}

/**
 * Takes back everything under an ended agreement. It runs after the end was committed: a release that came first is
 * found here, one that comes later fails its condition on the agreement. Extracts that nobody else holds are deleted.
 */
export async function revoke(ports: RevokePorts, id: AgreementId): Promise<void> {
  await ports.plans.end(id);
  const extracts = new Set<ExtractId>();
  const faults = await each(ports.deliveries.ofAgreement(id), WIDTH, async (delivery) => {
    extracts.add(delivery.extractId);
    await takeBack(ports.deliveries, delivery);
  });
  const undropped = await each(extracts, WIDTH, (extractId) => dropIfUnused(ports, extractId));
  raise(`revoking agreement ${id}`, [...faults, ...undropped]);
}

async function takeBack(deliveries: Deliveries, delivery: StoredDelivery): Promise<void> {
  if (delivery.state === 'planned' && (await deliveries.annul(delivery.deliveryId, 'agreement-not-active'))) return;
  // It may have been released between the two reads: then there is a grant.
  await deliveries.withdraw(delivery);
}
