import { routes } from '../../schemas/contracts/routes.ts';
import type { StoredUpload } from '../../schemas/stored/uploads.ts';
import { endpoint, type Call } from '../kernel/endpoint.ts';
import { actorOf, evidenceOf } from '../kernel/evidence.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { decide } from './domain/decide.ts';
import { present } from './domain/present.ts';
import { sendSoon } from './order/send-soon.ts';
import type { Intake } from './ports.ts';
import { shownAgain } from './shown-again.ts';

type Ports = Pick<Intake, 'uploads' | 'queue' | 'clock' | 'ids' | 'log' | 'metrics'>;

type DecisionCall = Call<typeof routes.decideUpload>;

/** The provider's word on an upload that is held. Where its message is lost, the sweeper has a confirmed one checked. */
export const decideUpload = (ports: Ports) =>
  endpoint(
    routes.decideUpload,
    async (call) => {
      const upload = await ports.uploads.find(call.params.uploadId);
      if (!upload || upload.provider !== call.caller.department) return refuse('not-found');
      call.note({ resourceId: upload.resourceId });
      const deciding = decide(upload, call.body, ports.clock.now());
      switch (deciding.kind) {
        case 'wrong-state':
          return refuse('wrong-state', { detail: `The upload is ${upload.state}: there is nothing to decide.` });
        case 'said-before':
          return answerAgain(ports, call, upload);
        case 'confirm':
          if (!(await change(ports, call, upload, deciding))) return refuse('changed-meanwhile');
          await sendSoon(ports, upload);
          break;
        case 'decline':
          if (!(await change(ports, call, upload, deciding))) return refuse('changed-meanwhile');
          ports.metrics.count('UploadsRefused');
          break;
      }
      return done(present(deciding.upload));
    },
    shownAgain(ports),
  );

const change = (
  { uploads, ...ports }: Ports,
  call: DecisionCall,
  was: StoredUpload,
  { kind, ...next }: Extract<ReturnType<typeof decide>, { upload: StoredUpload }>,
): Promise<boolean> => {
  const { uploadId, resourceId, resourceVersion, provider } = was;
  const act = kind === 'confirm' ? 'upload-confirmed' : 'upload-declined';
  const evidence = evidenceOf(ports, act, actorOf(call.caller), { uploadId, resourceId, resourceVersion, provider });
  const quality = 'quality' in next ? next.quality : undefined;
  return uploads.replace(next.upload, was, { evidence, quality, answer: call.refer({ uploadId }) });
};

async function answerAgain(ports: Ports, call: DecisionCall, upload: StoredUpload) {
  const shown = present(upload);
  const answer = call.refer({ uploadId: upload.uploadId });
  if (answer && !(await ports.uploads.keepAnswer(answer))) return refuse('changed-meanwhile');
  // Confirmed, and the word to check it may have been lost.
  if (upload.state === 'received') await sendSoon(ports, upload);
  return done(shown);
}
