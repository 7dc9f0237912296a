import type { DeliveryId } from '../../../schemas/contracts/ids.ts';
import type { RestsOn } from '../../../schemas/stored/datasets.ts';
import type { Caller } from '../../kernel/caller.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import type { Hub } from '../../kernel/ports.ts';
import { dayIn, isPast } from '../../kernel/time.ts';
import { isInForce } from '../../reading/agreement.ts';
import { isReplaced } from '../../reading/delivery.ts';
import { retainedUntil, type Released } from '../../reading/released.ts';
import { asConsumer, asReleased } from '../domain/access.ts';
import type { Deliveries, Facts } from '../ports.ts';
import { sourcesOf } from '../sending/sources.ts';

export interface FetchPorts extends Hub {
  readonly facts: Facts;
  readonly deliveries: Deliveries;
}

/** So long can bytes still be fetched after an agreement ended. */
export const URL_SECONDS = 60;

/** A delivery of which something may be handed out, and what that rests on beside its own agreement. */
export interface Fetchable {
  readonly delivery: Released;
  readonly restsOn: readonly RestsOn[];
}

/** Whether a department may have the content of a delivery now, or what belongs to it. */
export async function mayFetch(
  ports: FetchPorts,
  deliveryId: DeliveryId,
  caller: Caller,
): Promise<
  Outcome<Fetchable, 'not-found' | 'not-the-consumer' | 'not-released' | 'retention-over' | 'agreement-not-active'>
> {
  const own = asConsumer(await ports.deliveries.find(deliveryId), caller.department);
  if (!own.ok) return own;
  if (own.value.voidReason === 'agreement-not-active') return refuse('agreement-not-active');
  if (own.value.voidReason === 'terms-replaced') return replaced;
  const delivery = asReleased(own.value);
  if (!delivery.ok) return delivery;
  const held = await asHeld(ports, delivery.value);
  if (!held.ok) return held;
  const today = dayIn(ports.timeZone, ports.clock.now());
  const { state, restsOn } = await sourcesOf(ports.facts, delivery.value, today);
  return state === 'standing' ? done({ delivery: delivery.value, restsOn }) : withdrawn;
}

const withdrawn = refuse('agreement-not-active', {
  detail:
    'What this data was derived of is not granted any more, or not now: while that is so, nobody can fetch it. What can be made without it comes as a delivery of its own; where nothing can, nothing comes.',
});

const replaced = refuse('agreement-not-active', {
  detail:
    'An amendment replaced the terms of this delivery; what goes out under the new terms is a delivery of its own.',
});

/** A delivery whose content may still be handed out: not longer than its terms let it be kept, and only while they are in force. */
async function asHeld(
  { facts, timeZone, clock }: FetchPorts,
  delivery: Released,
): Promise<Outcome<Released, 'retention-over' | 'agreement-not-active'>> {
  if (delivery.retentionEndedAt !== undefined) return refuse('retention-over');
  const agreement = (await facts.agreement(delivery.agreementId))?.value;
  const now = clock.now();
  if (!agreement) return refuse('agreement-not-active');
  if (isReplaced(delivery, agreement)) return replaced;
  if (!isInForce(agreement, dayIn(timeZone, now))) return refuse('agreement-not-active');
  // The sweeper may not have come yet.
  const isOver = isPast(retainedUntil(agreement, delivery), now);
  return isOver ? refuse('retention-over') : done(delivery);
}
