import { routes } from '../../../schemas/contracts/routes.ts';
import { attachmentBehind, type AttachmentPorts, shownAttachment } from '../../datasets/attachments/in-force.ts';
import { traceOf } from '../../kernel/about.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { actorOf, evidenceOf } from '../../kernel/evidence.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { after } from '../../kernel/time.ts';
import { subjectOf } from '../domain/subject.ts';
import { type FetchPorts, mayFetch, URL_SECONDS } from './may-fetch.ts';

export type ReadAttachmentPorts = FetchPorts & AttachmentPorts;

/** An attachment goes as far as the record that names it: it is asked for by what stands there, under the same conditions. */
export const readAttachment = (ports: ReadAttachmentPorts) =>
  endpoint(routes.readAttachment, async ({ caller, params, note }) => {
    const may = await mayFetch(ports, params.deliveryId, caller);
    if (!may.ok) return may;
    const { delivery, restsOn } = may.value;
    const { resourceId, extractId } = delivery;
    const attachment = await attachmentBehind(ports, resourceId, { extractId }, params.reference);
    if (!attachment) return refuse('not-found');
    const digests = { attachment: attachment.sha256 };
    const evidence = evidenceOf(ports, 'attachment-requested', actorOf(caller), subjectOf(delivery), digests);
    if (!(await ports.deliveries.request(delivery, evidence, restsOn))) return refuse('agreement-not-active');
    note(traceOf(delivery));
    ports.metrics.count('AttachmentRequests');
    const now = ports.clock.now();
    const url = await ports.attachmentObjects.url(attachment, URL_SECONDS, now);
    return done(shownAttachment(attachment, url, after(now, { seconds: URL_SECONDS })));
  });
