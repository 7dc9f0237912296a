import type { UploadId } from '../../schemas/contracts/ids.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { AnnounceUploadBody } from '../../schemas/contracts/uploads.ts';
import { endpoint, type Call } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { latestVersion } from './announce/latest-version.ts';
import { takeSequence } from './announce/take-sequence.ts';
import { announcedWhole } from './domain/announcement.ts';
import { postedKey } from './domain/places.ts';
import { postedProblems } from './domain/posted.ts';
import { received } from './domain/receive.ts';
import { sendSoon } from './order/send-soon.ts';
import type { Intake } from './ports.ts';
import { fileOf, type PostedFile } from './post/posted-file.ts';

type Ports = Pick<Intake, 'uploads' | 'resources' | 'objects' | 'queue' | 'clock' | 'ids' | 'log'>;

/**
 * Records become changes that have arrived already: first the object, then, in one transaction, the upload. In between
 * the object is nobody's, and the bucket's lifecycle removes it; an upload whose message is lost, the sweeper finds.
 */
export const postRecords = (ports: Ports) =>
  endpoint(routes.postRecords, async (call) => {
    const { resourceId } = call.params;
    const head = await ports.resources.head(resourceId);
    if (!head) return refuse('resource-not-found');
    if (head.provider !== call.caller.department) return refuse('not-the-provider');
    if (head.retiredAt !== undefined) return refuse('resource-retired');
    const { definition } = await latestVersion(ports, head);
    if (definition.derivation) return refuse('derived-resource');
    const file = fileOf(call.body.records);
    const violations = postedProblems(call.body.records, file.content.length, definition.schema);
    if (violations.length > 0) return refuse('invalid-upload', { violations });

    const uploadId = ports.ids.next() as UploadId;
    const outcome = await announceArrived(ports, call, uploadId, file);
    if (!outcome.ok) return outcome;
    await sendSoon(ports, outcome.value.upload);
    return done({ uploadId });
  });

async function announceArrived(
  ports: Ports,
  call: Call<typeof routes.postRecords>,
  uploadId: UploadId,
  { content, sha256 }: PostedFile,
) {
  const { resourceId } = call.params;
  const { department, session } = call.caller;
  const key = postedKey(department, uploadId);
  const object = await ports.objects.put(key, content, sha256);
  const body: AnnounceUploadBody = {
    resourceId,
    content: 'changes',
    format: 'ndjson',
    encoding: 'utf-8',
    bytes: content.length,
    sha256,
  };
  return takeSequence(ports, resourceId, async (head) => {
    const at = ports.clock.now();
    const upload = received({ ...announcedWhole(body, head, { uploadId, session, at }), key }, object, at);
    return { upload, keep: call.answer({ uploadId }) };
  });
}
