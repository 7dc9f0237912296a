import { routes } from '../../../schemas/contracts/routes.ts';
import { traceOf } from '../../kernel/about.ts';
import type { Caller } from '../../kernel/caller.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { actorOf, evidenceOf } from '../../kernel/evidence.ts';
import { Fault } from '../../kernel/fault.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import type { Hub } from '../../kernel/ports.ts';
import { after } from '../../kernel/time.ts';
import type { Released } from '../../reading/released.ts';
import { subjectOf } from '../domain/subject.ts';
import type { ExtractObjects, Extracts } from '../ports.ts';
import { type FetchPorts, mayFetch, URL_SECONDS } from './may-fetch.ts';

export interface ContentPorts extends FetchPorts {
  readonly extracts: Pick<Extracts, 'find'>;
  readonly objects: Pick<ExtractObjects, 'url'>;
}

/** The evidence is committed, on condition of grant and agreement, before there is a URL. */
export const readContent = (ports: ContentPorts) =>
  endpoint(routes.readContent, async ({ caller, params, note }) => {
    const may = await mayFetch(ports, params.deliveryId, caller);
    if (!may.ok) return may;
    const { delivery, restsOn } = may.value;
    const extract = await ports.extracts.find(delivery.extractId);
    if (!(await ports.deliveries.request(delivery, requested(ports, delivery, caller), restsOn)))
      return refuse('agreement-not-active');
    if (!extract) throw new Fault(`extract ${delivery.extractId} is granted and not there`);
    note(traceOf(delivery));
    ports.metrics.count('ContentRequests');
    const { sha256, bytes } = extract;
    const now = ports.clock.now();
    const expiresAt = after(now, { seconds: URL_SECONDS });
    return done({ url: await ports.objects.url(extract.object, URL_SECONDS, now), expiresAt, sha256, bytes });
  });

const requested = (ports: Hub, delivery: Released, caller: Caller) =>
  evidenceOf(ports, 'content-requested', actorOf(caller), subjectOf(delivery), { extract: delivery.sha256 });
