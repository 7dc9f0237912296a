import type { ResourceId } from '../../../schemas/contracts/ids.ts';
import type { StoredAnswer } from '../../../schemas/stored/answers.ts';
import type { ResourceHead } from '../../../schemas/stored/catalog.ts';
import type { UploadIn } from '../../../schemas/stored/uploads.ts';
import { refuse, done } from '../../kernel/outcome.ts';
import type { Intake } from '../ports.ts';

type Ports = Pick<Intake, 'uploads' | 'resources'>;

/** A provider's own uploads race for the next number; of those that race at once one gets it, so each tries as often as there may be. */
const TRIES = 25;

/** Stores an upload as the next of its resource, as the resource stands at that moment. */
export async function takeSequence<T extends { readonly upload: UploadIn<'awaiting' | 'received'> }>(
  { uploads, resources }: Ports,
  resourceId: ResourceId,
  build: (head: ResourceHead) => Promise<T & { readonly keep: StoredAnswer | undefined }>,
) {
  for (let tries = 0; tries < TRIES; tries++) {
    const head = await resources.head(resourceId);
    if (!head) return refuse('resource-not-found');
    const built = await build(head);
    const result = await uploads.announce(built.upload, head.lastSequence, built.keep);
    if (result === 'announced') return done<T>(built);
    if (result === 'answered') break;
  }
  return refuse('changed-meanwhile');
}
