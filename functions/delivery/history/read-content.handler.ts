import { routes } from '../../../schemas/contracts/routes.ts';
import { traceOf } from '../../kernel/about.ts';
import type { Caller } from '../../kernel/caller.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { actorOf, evidenceOf } from '../../kernel/evidence.ts';
import { Fault } from '../../kernel/fault.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import type { Hub } from '../../kernel/ports.ts';
import { dayIn, after, isPast } from '../../kernel/time.ts';
import { isInForce } from '../../reading/agreement.ts';
import { isReplaced } from '../../reading/delivery.ts';
import { retainedUntil, type Released } from '../../reading/released.ts';
import { asConsumer, asReleased } from '../domain/access.ts';
import { subjectOf } from '../domain/subject.ts';
import type { Deliveries, ExtractObjects, Extracts, Facts } from '../ports.ts';
import { sourcesOf } from '../sending/sources.ts';

/** So long can bytes still be fetched after an agreement ended. */
const SECONDS = 60;

export interface ContentPorts extends Hub {
  readonly facts: Facts;
  readonly deliveries: Deliveries;
  readonly extracts: Pick<Extracts, 'find'>;
  readonly objects: Pick<ExtractObjects, 'url'>;
}

/** The evidence is committed, on condition of grant and agreement, before there is a URL. */
export const readContent = (ports: ContentPorts) =>
  endpoint(routes.readContent, async ({ caller, params, note }) => {
    const own = asConsumer(await ports.deliveries.find(params.deliveryId), caller.department);
    if (!own.ok) return own;
    if (own.value.voidReason === 'agreement-not-active') return refuse('agreement-not-active');
    if (own.value.voidReason === 'terms-replaced') return replaced;
    const delivery = asReleased(own.value);
    if (!delivery.ok) return delivery;
    const held = await asHeld(ports, delivery.value);
    if (!held.ok) return held;

    const extract = await ports.extracts.find(delivery.value.extractId);
    const { state, restsOn } = await sourcesOf(ports.facts, delivery.value, dayIn(ports.timeZone, ports.clock.now()));
    if (state !== 'standing') return withdrawn;
    if (!(await ports.deliveries.request(delivery.value, requested(ports, delivery.value, caller), restsOn)))
      return refuse('agreement-not-active');
    if (!extract) throw new Fault(`extract ${delivery.value.extractId} is granted and not there`);
    note(traceOf(delivery.value));
    ports.metrics.count('ContentRequests');
    const { sha256, bytes } = extract;
    const now = ports.clock.now();
    const expiresAt = after(now, { seconds: SECONDS });
    return done({ url: await ports.objects.url(extract.object, SECONDS, now), expiresAt, sha256, bytes });
  });

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
  { facts, timeZone, clock }: ContentPorts,
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

const requested = (ports: Hub, delivery: Released, caller: Caller) =>
  evidenceOf(ports, 'content-requested', actorOf(caller), subjectOf(delivery), { extract: delivery.sha256 });
