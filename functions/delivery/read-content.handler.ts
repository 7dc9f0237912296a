import type { StoredDelivery } from '../../schemas/contracts/deliveries.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { traceOf } from '../kernel/about.ts';
import type { Caller } from '../kernel/caller.ts';
import { actorOf, evidenceOf } from '../kernel/evidence.ts';
import { Fault } from '../kernel/fault.ts';
import { endpoint } from '../kernel/http.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { asConsumer, asReleased } from './domain/access.ts';
import type { Released } from './domain/notice.ts';
import { validityOf } from './domain/validity.ts';
import type { Deliveries, ExtractObjects, Extracts, Facts, Hub } from './ports.ts';

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
    const delivery = asReleased(own.value);
    if (!delivery.ok) return delivery;
    if (!(await inForce(ports, delivery.value))) return refuse('agreement-not-active');

    const extract = await ports.extracts.find(delivery.value.extractId);
    if (!(await ports.deliveries.request(delivery.value, requested(ports, delivery.value, caller))))
      return refuse('agreement-not-active');
    if (!extract) throw new Fault(`extract ${delivery.value.extractId} is granted and not there`);
    note(traceOf(delivery.value));
    ports.metrics.count('ContentRequests');
    const { sha256, bytes } = extract;
    const now = ports.clock.now();
    const expiresAt = new Date(Date.parse(now) + SECONDS * 1000).toISOString();
    return done({ url: await ports.objects.url(extract.object, SECONDS, now), expiresAt, sha256, bytes });
  });

async function inForce(
  { facts, zone, clock }: ContentPorts,
  { agreementId, termsVersion }: StoredDelivery,
): Promise<boolean> {
  const agreement = (await facts.agreement(agreementId))?.value;
  return agreement?.termsVersion === termsVersion && validityOf(agreement, zone, clock.now()) === 'in-force';
}

function requested(ports: Hub, delivery: Released, caller: Caller) {
  const { resourceId, resourceVersion, agreementId, termsVersion, datasetVersion, deliveryId, sha256 } = delivery;
  const subject = { resourceId, resourceVersion, agreementId, termsVersion, datasetVersion, deliveryId };
  return evidenceOf(ports, 'content-requested', actorOf(caller), subject, { extract: sha256 });
}
