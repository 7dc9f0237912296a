import { routes } from '../../schemas/contracts/routes.ts';
import type { AnnounceUploadBody, PresignedPut, StoredUpload } from '../../schemas/contracts/uploads.ts';
import type { UploadId } from '../../schemas/contracts/ids.ts';
import { endpoint, type Call } from '../kernel/http.ts';
import { done, refuse } from '../kernel/outcome.ts';
import type { Clock, Ids } from '../kernel/ports.ts';
import { fixable } from './announce/fixable.ts';
import { announced, announcementProblems, type Announcing } from './domain/announcement.ts';
import { uploadKey } from './domain/places.ts';
import type { IntakeObjects, Resources, Uploads } from './ports.ts';

interface Ports {
  readonly uploads: Uploads;
  readonly resources: Resources;
  readonly objects: IntakeObjects;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** A provider's own uploads may race for the next sequence number; each try reads it again. */
const TRIES = 5;

export const announceUpload = (ports: Ports) =>
  endpoint(routes.announceUpload, async (call) => {
    const head = await ports.resources.head(call.body.resourceId);
    if (!head) return refuse('resource-not-found');
    if (head.provider !== call.caller.department) return refuse('not-the-provider');
    const { linked, problems } = await fixable(ports.uploads, call.body, head);
    const violations = [...announcementProblems(call.body), ...problems];
    if (violations.length > 0) return refuse('invalid-upload', { violations });

    const uploadId = ports.ids.next() as UploadId;
    const key = uploadKey(head.provider, uploadId);
    const multipartId = call.body.parts && (await ports.objects.startMultipart(key));
    const outcome = await takeSequence(ports, call, {
      uploadId,
      session: call.caller.session,
      at: ports.clock.now(),
      multipartId,
      linked,
    });
    if (!outcome.ok && multipartId !== undefined)
      await ports.objects.abortMultipart(key, multipartId).catch(() => undefined);
    return outcome;
  });

type AnnounceCall = Call<typeof routes.announceUpload>;

async function takeSequence(ports: Ports, call: AnnounceCall, announcing: Announcing) {
  const { uploadId } = announcing;
  for (let tries = 0; tries < TRIES; tries++) {
    const head = await ports.resources.head(call.body.resourceId);
    if (!head) return refuse('resource-not-found');
    const upload = announced(call.body, head, announcing);
    const put = await putFor(ports.objects, call.body, upload);
    const answer = { uploadId, expiresAt: upload.expiresAt, ...(put && { put }) };
    const result = await ports.uploads.announce(upload, head.lastSequence, call.answer(answer));
    if (result === 'announced') {
      call.note({ resourceId: head.resourceId });
      return done(answer);
    }
    if (result === 'answered') break;
  }
  return refuse('changed-meanwhile');
}

const putFor = async (
  objects: IntakeObjects,
  { bytes, sha256 }: AnnounceUploadBody,
  upload: StoredUpload,
): Promise<PresignedPut | undefined> =>
  upload.multipart ? undefined : objects.putUrl(upload.key, { bytes, sha256 }, upload.announcedAt);
