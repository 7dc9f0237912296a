import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { VoidReason } from '../../schemas/contracts/deliveries.ts';
import type { AgreementId, ExtractId } from '../../schemas/contracts/ids.ts';
import type { StoredDelivery } from '../../schemas/stored/delivery.ts';
import { each, raise } from '../kernel/each.ts';
import type { Hub } from '../kernel/ports.ts';
import { annul } from './sending/annul.ts';
import { dropIfUnused } from './sending/drop-extract.ts';
import type { Deliveries, ExtractObjects, Extracts, ReleasePlans } from './ports.ts';

const WIDTH = 4;

export interface RevokePorts extends Pick<Hub, 'clock' | 'log' | 'metrics'> {
  readonly deliveries: Deliveries;
  readonly extracts: Extracts;
  readonly objects: Pick<ExtractObjects, 'remove'>;
  readonly plans: ReleasePlans;
}

/**
 * Takes back everything under an ended agreement. It runs after the end was committed: a release that came first is
 * found here, one that comes later fails its condition on the agreement.
 */
export async function revoke(ports: RevokePorts, id: AgreementId): Promise<void> {
  await ports.plans.end(id);
  const taken = await takeBackAll(ports, id, () => true, 'agreement-not-active');
  ports.log.info('agreement revoked', { agreementId: id, ...taken });
}

/**
 * The same for everything under terms that an amendment replaced; what is under the terms in force stays, and so does what
 * a still newer amendment has brought since this agreement was read.
 */
export async function takeBackReplaced(ports: RevokePorts, agreement: Agreement): Promise<void> {
  const { agreementId, termsVersion } = agreement;
  if (termsVersion === 1) return;
  const isReplaced = (delivery: StoredDelivery) => delivery.termsVersion < termsVersion;
  const taken = await takeBackAll(ports, agreementId, isReplaced, 'terms-replaced');
  if (taken.deliveries > 0) ports.log.info('replaced terms taken back', { agreementId, termsVersion, ...taken });
}

/** Extracts that nobody else holds are deleted. Called again, it goes on where an earlier call was cut off. */
async function takeBackAll(
  ports: RevokePorts,
  id: AgreementId,
  isTaken: (delivery: StoredDelivery) => boolean,
  reason: VoidReason,
): Promise<{ readonly deliveries: number; readonly extracts: number }> {
  const extracts = new Set<ExtractId>();
  let deliveries = 0;
  const faults = await each(ports.deliveries.ofAgreement(id), WIDTH, async (delivery) => {
    if (!isTaken(delivery)) return;
    extracts.add(delivery.extractId);
    deliveries++;
    await takeBack(ports, delivery, reason);
  });
  const undropped = await each(extracts, WIDTH, (extractId) => dropIfUnused(ports, extractId));
  raise(`taking back deliveries of agreement ${id}`, [...faults, ...undropped]);
  return { deliveries, extracts: extracts.size };
}

async function takeBack(ports: RevokePorts, delivery: StoredDelivery, reason: VoidReason): Promise<void> {
  if (delivery.state === 'planned' && (await annul(ports, delivery, reason))) return;
  // It may have been released between the two reads: then there is a grant.
  await ports.deliveries.withdraw(delivery);
}
