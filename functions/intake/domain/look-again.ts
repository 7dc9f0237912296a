import type { StoredUpload } from '../../../schemas/stored/uploads.ts';
import { after, secondsBetween } from '../../kernel/time.ts';

const SOONEST_SECONDS = { awaiting: 120, received: 60, checking: 60 } as const;
const LATEST_SECONDS = 15 * 60;

/** Rarer the longer an upload has been under way: as long as that again, within bounds, so that a backlog is not doubled by the sweeper. */
export const soonAfter = (state: keyof typeof SOONEST_SECONDS, since: string, now: string): string =>
  after(now, { seconds: Math.min(LATEST_SECONDS, Math.max(SOONEST_SECONDS[state], secondsBetween(since, now))) });

/** When the sweeper should look at an upload once more; at one that is finished only while it has a mark. */
export function lookAgainAt(upload: StoredUpload, now: string): string | undefined {
  if (upload.state === 'awaiting') return soonAfter('awaiting', upload.announcedAt, now);
  if (upload.state === 'received' || upload.state === 'checking')
    return soonAfter(upload.state, upload.receivedAt, now);
  return upload.lookAgainAt && after(now, { seconds: LATEST_SECONDS });
}
