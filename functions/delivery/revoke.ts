import type { StoredDelivery } from '../../schemas/contracts/deliveries.ts';
import type { AgreementId, ExtractId } from '../../schemas/contracts/ids.ts';
import { annul } from './annul.ts';
import { dropIfUnused } from './drop-extract.ts';
import { each, raise } from './each.ts';
import type { Deliveries, ExtractObjects, Extracts, Hub, ReleasePlans } from './ports.ts';

const WIDTH = 4;

export interface RevokePorts extends Pick<Hub, 'log' | 'metrics'> {
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
  let deliveries = 0;
  const faults = await each(ports.deliveries.ofAgreement(id), WIDTH, async (delivery) => {
    extracts.add(delivery.extractId);
    deliveries++;
    await takeBack(ports, delivery);
  });
  const undropped = await each(extracts, WIDTH, (extractId) => dropIfUnused(ports, extractId));
  const failed = [...faults, ...undropped];
  ports.log.info('agreement revoked', { agreementId: id, deliveries, extracts: extracts.size, failed: failed.length });
  raise(`revoking agreement ${id}`, failed);
}

async function takeBack(ports: RevokePorts, delivery: StoredDelivery): Promise<void> {
  if (delivery.state === 'planned' && (await annul(ports, delivery))) return;
  // It may have been released between the two reads: then there is a grant.
  await ports.deliveries.withdraw(delivery);
}
