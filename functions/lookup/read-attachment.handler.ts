import { routes } from '../../schemas/contracts/routes.ts';
import type { StoredLookup } from '../../schemas/stored/lookups.ts';
import { attachmentBehind, type AttachmentPorts, shownAttachment } from '../datasets/attachments/in-force.ts';
import type { Caller } from '../kernel/caller.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { actorOf, evidenceOf } from '../kernel/evidence.ts';
import { officerOf } from '../kernel/officer.ts';
import { done, refuse, type Outcome } from '../kernel/outcome.ts';
import type { Hub } from '../kernel/ports.ts';
import { after, dayIn, isPast } from '../kernel/time.ts';
import { isInForce } from '../reading/agreement.ts';
import { seesAll } from '../reading/oversight.ts';
import { termsOf } from '../reading/terms.ts';
import { proofAbout } from './domain/proof.ts';
import type { Facts, Lookups } from './ports.ts';

export interface ReadAttachmentPorts extends Hub, AttachmentPorts {
  readonly facts: Pick<Facts, 'agreement'>;
  readonly lookups: Pick<Lookups, 'find' | 'prove'>;
}

/** So long can bytes still be fetched after an agreement ended. */
const URL_SECONDS = 60;

/** An attachment goes as far as the record that was shown: it is asked for by what stands there, by whom it was shown. */
export const readLookupAttachment = (ports: ReadAttachmentPorts) =>
  endpoint(routes.readLookupAttachment, async ({ caller, params, note }) => {
    const { lookupId, reference } = params;
    const may = await mayHave(ports, await ports.lookups.find(lookupId), caller);
    if (!may.ok) return may;
    const lookup = may.value;
    const attachment = await attachmentBehind(ports, lookup.resourceId, { lookupId }, reference);
    if (!attachment) return refuse('not-found');
    const digests = { attachment: attachment.sha256 };
    const evidence = evidenceOf(ports, 'attachment-requested', actorOf(caller), proofAbout(lookup), digests);
    if (!(await ports.lookups.prove(lookup, evidence))) return refuse('agreement-not-active');
    note({ lookupId, agreementId: lookup.agreementId, resourceId: lookup.resourceId });
    ports.metrics.count('AttachmentRequests');
    const now = ports.clock.now();
    const url = await ports.attachmentObjects.url(attachment, URL_SECONDS, now);
    return done(shownAttachment(attachment, url, after(now, { seconds: URL_SECONDS })));
  });

/** As long as its answer would be given again, and may be kept. */
async function mayHave(
  { facts, clock, timeZone }: ReadAttachmentPorts,
  lookup: StoredLookup | undefined,
  caller: Caller,
): Promise<
  Outcome<
    StoredLookup,
    'not-found' | 'not-the-consumer' | 'answer-not-kept' | 'retention-over' | 'agreement-not-active'
  >
> {
  if (!lookup) return refuse('not-found');
  if (lookup.consumer !== caller.department)
    return lookup.provider === caller.department || seesAll(caller) ? refuse('not-the-consumer') : refuse('not-found');
  if (lookup.officer !== officerOf(caller.session)) return refuse('answer-not-kept', anothers);
  const now = clock.now();
  const agreement = await facts.agreement(lookup.agreementId);
  if (!agreement || !isInForce(agreement, dayIn(timeZone, now)) || agreement.termsVersion !== lookup.termsVersion)
    return refuse('agreement-not-active');
  const { retainDays } = termsOf(agreement, lookup.termsVersion).duties.disposal;
  return isPast(after(lookup.at, { days: retainDays }), now) ? refuse('retention-over') : done(lookup);
}

const anothers = {
  detail: 'Another officer made this lookup, and what belongs to its answer is that officer’s alone.',
};
