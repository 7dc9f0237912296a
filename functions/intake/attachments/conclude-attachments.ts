import { evidenceOf, theHub } from '../../kernel/evidence.ts';
import { fenceOf } from '../check/acceptance.ts';
import { concludeRefusal, type Concluded } from '../check/conclude.ts';
import type { Claimed } from '../domain/claim.ts';
import { figuresOf } from '../domain/figures.ts';
import { acceptedAttachments } from '../domain/finish.ts';
import { qualityOf } from '../domain/quality.ts';
import type { Intake } from '../ports.ts';
import type { AttachmentFindings, TakenAttachments } from './inspect-attachments.ts';

type Ports = Pick<Intake, 'uploads' | 'resources' | 'objects' | 'clock' | 'ids'>;

/**
 * Makes the verdict hold. It is the upload's state that puts its attachments in force, all of them at once: those of an upload
 * announced later stay before them, whichever was checked first.
 */
export async function concludeAttachments(
  ports: Ports,
  upload: Claimed,
  findings: AttachmentFindings,
): Promise<Concluded> {
  if (!('refusal' in findings)) return accept(ports, upload, findings);
  const { refusal, report, ...found } = findings;
  const verdict = { accepted: false as const, refusal, reported: 0, fixable: 0, ...found };
  return concludeRefusal(ports, upload, refusal, { verdict, report });
}

async function accept(ports: Ports, upload: Claimed, { report, file, ...found }: TakenAttachments): Promise<Concluded> {
  const { uploadId, resourceId, resourceVersion, provider } = upload;
  const subject = { uploadId, resourceId, resourceVersion, provider };
  const evidence = evidenceOf(ports, 'attachments-accepted', theHub('check'), subject, { file }, figuresOf(found));
  const { at } = evidence;
  const next = acceptedAttachments(upload, found, { at, reportKey: report?.key });
  const quality = qualityOf(next, { at });
  return {
    outcome: (await ports.uploads.replace(next, fenceOf(upload), { evidence, quality })) ? 'accepted' : 'stale',
  };
}
