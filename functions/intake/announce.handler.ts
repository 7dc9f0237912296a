import type { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import type { UploadId } from '../../schemas/contracts/ids.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { AnnounceUploadBody, AnnouncedUpload } from '../../schemas/contracts/uploads.ts';
import type { StoredUpload } from '../../schemas/stored/uploads.ts';
import { endpoint, type Call } from '../kernel/endpoint.ts';
import { Fault } from '../kernel/fault.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { attachmentField } from '../records/index.ts';
import { fixable } from './announce/fixable.ts';
import { latestVersion } from './announce/latest-version.ts';
import { takeSequence } from './announce/take-sequence.ts';
import {
  announced,
  announcementProblems,
  noAttachments,
  noPrimaryKey,
  type Announcing,
} from './domain/announcement.ts';
import { uploadKey } from './domain/places.ts';
import type { Intake, IntakeObjects } from './ports.ts';

type Ports = Pick<Intake, 'uploads' | 'resources' | 'objects' | 'clock' | 'ids'>;

export const announceUpload = (ports: Ports) =>
  endpoint(
    routes.announceUpload,
    async (call) => {
      const head = await ports.resources.head(call.body.resourceId);
      if (!head) return refuse('resource-not-found');
      if (head.provider !== call.caller.department) return refuse('not-the-provider');
      if (head.retiredAt !== undefined) return refuse('resource-retired');
      const { definition } = await latestVersion(ports, head);
      if (definition.derivation) return refuse('derived-resource');
      const { linked, problems } = await fixable(ports.uploads, call.body, head);
      const violations = [...announcementProblems(call.body), ...unfit(call.body, definition), ...problems];
      if (violations.length > 0) return refuse('invalid-upload', { violations });

      const uploadId = ports.ids.next() as UploadId;
      const key = uploadKey(head.provider, uploadId);
      const multipartId = call.body.parts && (await ports.objects.startMultipart(key));
      const outcome = await announce(ports, call, {
        uploadId,
        session: call.caller.session,
        at: ports.clock.now(),
        multipartId,
        linked,
      });
      if (!outcome.ok && multipartId !== undefined)
        await ports.objects.abortMultipart(key, multipartId).catch(() => undefined);
      return outcome;
    },
    async ({ body }, { uploadId }) => {
      const upload = await ports.uploads.find(uploadId as UploadId);
      if (!upload) throw new Fault(`upload ${uploadId} is not there`);
      return done(await answerOf(ports.objects, body, upload));
    },
  );

/** Edits say by the primary key which records they are of, and attachments are named by a field. */
function unfit({ content }: AnnounceUploadBody, { schema }: ResourceDefinition) {
  if (content === 'changes' && !schema.primaryKey) return [noPrimaryKey('/content')];
  return content === 'attachments' && !attachmentField(schema) ? [noAttachments] : [];
}

async function announce(ports: Ports, call: Call<typeof routes.announceUpload>, announcing: Announcing) {
  const { body } = call;
  const outcome = await takeSequence(ports, body.resourceId, async (head) => {
    const upload = announced(body, head, announcing);
    const answer = await answerOf(ports.objects, body, upload);
    return { upload, answer, keep: call.refer({ uploadId: upload.uploadId }) };
  });
  if (!outcome.ok) return outcome;
  call.note({ resourceId: body.resourceId });
  return done(outcome.value.answer);
}

async function answerOf(
  objects: IntakeObjects,
  { bytes, sha256 }: AnnounceUploadBody,
  upload: StoredUpload,
): Promise<AnnouncedUpload> {
  const { uploadId, key, announcedAt, expiresAt } = upload;
  if (upload.segments !== undefined || upload.multipart) return { uploadId, expiresAt };
  return { uploadId, expiresAt, put: await objects.putUrl(key, { bytes, sha256 }, announcedAt) };
}
