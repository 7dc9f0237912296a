import type { StoredSegment } from '../../../schemas/stored/segments.ts';
import type { StoredUpload, UploadIn } from '../../../schemas/stored/uploads.ts';
import { after, isPast } from '../../kernel/time.ts';
import type { Ended } from './ended.ts';
import { collisionsKey, datasetKey, fixFileKey, reportKey, segmentPlaces } from './places.ts';
import { isGood } from './segment.ts';

/** Four times as long as a function may run: whatever an attempt still writes after its upload's verdict, it has written by then. */
const TIDY_SECONDS = 3600;

/** When to remove what attempts left behind, decided with the verdict; an upload that was checked once leaves nothing, but its segments do, and attachments take the place of others. */
export const tidyAt = (
  { epoch, segments, content }: Pick<StoredUpload, 'epoch' | 'segments' | 'content'>,
  wroteInVain: boolean,
  at: string,
): string | undefined =>
  epoch > 1 || wroteInVain || segments !== undefined || content === 'attachments'
    ? after(at, { seconds: TIDY_SECONDS })
    : undefined;

/** The mark of a finished upload that is profiled, or was given up: what may still be tidied, if anything. */
export function profiled({
  unprofiled: _tries,
  leaseUntil: _lease,
  lookAgainAt: _mark,
  ...upload
}: UploadIn<'accepted'>): UploadIn<'accepted'> {
  const lookAgainAt = tidyAt(upload, false, upload.finishedAt);
  return { ...upload, ...(lookAgainAt !== undefined && { lookAgainAt }) };
}

/** Whether a finished upload carries the mark, and no attempt at it can still be writing. */
export const isTidiedNow = (upload: Ended, now: string): boolean =>
  !(upload.state === 'accepted' && upload.unprofiled !== undefined) &&
  upload.lookAgainAt !== undefined &&
  isPast(after(upload.finishedAt, { seconds: TIDY_SECONDS }), now);

/** Every place that an attempt at a finished upload may have written to, but those that the upload, or its dataset, names. */
export function leftBehind(upload: Ended, segments: readonly StoredSegment[]): string[] {
  const named = new Set([
    upload.reportKey,
    upload.fixFileKey,
    ...(upload.state === 'accepted' ? [datasetKey(upload), ...segments.map(datasetOf)] : []),
  ]);
  const attempts = Array.from({ length: upload.epoch }, (_, index) => ({ ...upload, epoch: index + 1 }));
  return [
    ...attempts.flatMap((attempt) => [datasetKey(attempt), reportKey(attempt), fixFileKey(attempt)]),
    ...segments.flatMap((segment) => ofSegment(upload, attempts, segment)),
  ].filter((key) => !named.has(key));
}

const datasetOf = (segment: StoredSegment): string | undefined =>
  isGood(segment) ? segment.outcome.dataset?.key : undefined;

function ofSegment(upload: Ended, attempts: readonly Ended[], { number, epoch }: StoredSegment): string[] {
  const own = Array.from({ length: epoch }, (_, index) =>
    Object.values(segmentPlaces(upload, { number, epoch: index + 1 })),
  );
  return [...own.flat(), ...attempts.map((attempt) => collisionsKey(attempt, number))];
}
