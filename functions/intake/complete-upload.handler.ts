import { routes } from '../../schemas/contracts/routes.ts';
import type { SegmentedUpload, StoredUpload, UploadIn } from '../../schemas/stored/uploads.ts';
import { endpoint, type Call } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { comesInPieces, missingDetail, missingParts, type InParts } from './domain/parts.ts';
import { present } from './domain/present.ts';
import { received } from './domain/receive.ts';
import type { Intake, IntakeObjects } from './ports.ts';
import { seekSegments } from './segments/receive-segment.ts';
import { shownAgain } from './shown-again.ts';

type Ports = Pick<Intake, 'uploads' | 'objects' | 'segments' | 'queue' | 'clock' | 'log'>;

type CompletionCall = Call<typeof routes.completeUpload>;

/** The event of the object's creation has it checked; said again, or after a crash in between, nothing changes. */
export const completeUpload = (ports: Ports) =>
  endpoint(
    routes.completeUpload,
    async (call) => {
      const upload = await ports.uploads.find(call.params.uploadId);
      if (!upload || upload.provider !== call.caller.department) return refuse('not-found');
      if (!comesInPieces(upload)) return refuse('not-multipart');
      if (upload.state === 'refused' && upload.refusal.code === 'expired')
        return refuse('wrong-state', { detail: upload.refusal.detail });
      if (upload.state !== 'awaiting') return answerWith(ports, call, upload);
      return upload.segments === undefined ? completeParts(ports, call, upload) : completeSegments(ports, call, upload);
    },
    shownAgain(ports),
  );

async function completeParts(ports: Ports, call: CompletionCall, upload: UploadIn<'awaiting', InParts>) {
  const assembled = await assemble(ports.objects, upload);
  if (assembled.missing.length > 0) return refuse('parts-missing', { detail: missingDetail(assembled.missing) });
  if (assembled.versionId === undefined) return answerWith(ports, call, upload);
  const next = received(upload, { versionId: assembled.versionId, bytes: upload.bytes }, ports.clock.now());
  const shown = present(next);
  if (await ports.uploads.replace(next, upload, { answer: call.refer({ uploadId: next.uploadId }) }))
    return done(shown);
  return answerWith(ports, call, (await ports.uploads.find(upload.uploadId)) ?? upload);
}

/** The events of their creation have them checked, too; whichever comes first. */
async function completeSegments(ports: Ports, call: CompletionCall, upload: SegmentedUpload) {
  const { missing } = await seekSegments(ports, upload);
  if (missing.length > 0) return refuse('parts-missing', { detail: missingDetail(missing) });
  return answerWith(ports, call, (await ports.uploads.find(upload.uploadId)) ?? upload);
}

interface Assembled {
  readonly missing: readonly number[];
  /** Absent where the parts had been put together before: then the object's event, or the sweeper, tells of it. */
  readonly versionId?: string | undefined;
}

async function assemble(objects: IntakeObjects, { key, multipart: { id, parts } }: InParts): Promise<Assembled> {
  const sent = await objects.parts(key, id);
  if (!sent) return { missing: [] };
  const missing = missingParts(parts, sent);
  if (missing.length > 0) return { missing };
  return {
    missing,
    versionId: await objects.assemble(
      key,
      id,
      sent.filter(({ number }) => number <= parts.length),
    ),
  };
}

async function answerWith({ uploads }: Ports, call: CompletionCall, upload: StoredUpload) {
  const shown = present(upload);
  const answer = call.refer({ uploadId: upload.uploadId });
  if (answer && !(await uploads.keepAnswer(answer))) return refuse('wrong-state');
  return done(shown);
}
