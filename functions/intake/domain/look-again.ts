import type { StoredUpload } from '../../../schemas/contracts/uploads.ts';
import { after, secondsBetween } from '../../kernel/time.ts';

const SOONEST_SECONDS = { awaiting: 120, received: 60, checking: 60 } as const;
const LATEST_SECONDS = 15 * 60;

/** Rarer the longer an upload has been under way: as long as that again, within bounds, so that a backlog is not doubled by the sweeper. One that is finished, or held, only while it has a mark. */
export function lookAgainAt(
  upload: Pick<StoredUpload, 'state' | 'announcedAt' | 'receivedAt' | 'lookAgainAt'>,
  now: string,
): string | undefined {
  if (upload.state === 'accepted' || upload.state === 'refused' || upload.state === 'held')
    return upload.lookAgainAt && after(now, { seconds: LATEST_SECONDS });
  const underWay = secondsBetween(upload.receivedAt ?? upload.announcedAt, now);
  return after(now, { seconds: Math.min(LATEST_SECONDS, Math.max(SOONEST_SECONDS[upload.state], underWay)) });
}
