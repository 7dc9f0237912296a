import type { UploadId } from '../../../schemas/contracts/ids.ts';
import type { UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import type { Place, SegmentIn, SegmentOutcome, StoredSegment } from '../../../schemas/stored/segments.ts';
import type { StoredUpload } from '../../../schemas/stored/uploads.ts';
import { LEASE_SECONDS, isLeased } from '../../kernel/lease.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { after } from '../../kernel/time.ts';
import { UPLOADS } from '../../records/index.ts';

/** A segment that is being checked, by the attempt that its epoch counts. */
export type ClaimedSegment = SegmentIn<'checking'>;

/** The first version to arrive is the segment. */
export const arrived = (
  uploadId: UploadId,
  number: number,
  object: StoredSegment['object'],
  at: string,
): SegmentIn<'received'> => ({ uploadId, number, state: 'received', object, receivedAt: at, epoch: 0 });

export function claimSegment(segment: StoredSegment, now: string): Outcome<ClaimedSegment, 'checked' | 'leased'> {
  if (segment.state === 'checked') return refuse('checked');
  if (segment.state === 'checking' && isLeased(segment, now)) return refuse('leased');
  return done(renewedSegment({ ...segment, epoch: segment.epoch + 1 }, now));
}

export const renewedSegment = (segment: SegmentIn<'received' | 'checking'>, now: string): ClaimedSegment => ({
  ...segment,
  state: 'checking',
  leaseUntil: after(now, { seconds: LEASE_SECONDS }),
});

/** An attempt that met a fault lets go. */
export const releasedSegment = (segment: ClaimedSegment, now: string): ClaimedSegment => ({
  ...segment,
  leaseUntil: now,
});

/** @param keys of the first check; a second one writes none */
export function checkedSegment(
  { leaseUntil: _lease, ...segment }: ClaimedSegment,
  outcome: SegmentOutcome,
  keys: Place | undefined,
): SegmentIn<'checked'> {
  return { ...segment, state: 'checked', outcome, ...(keys && { keys }) };
}

/** Others have some of its keys: what was found in it was found without knowing that. */
export function toCheckAgain(
  { outcome: _outcome, ...segment }: SegmentIn<'checked'>,
  collisions: Place,
): SegmentIn<'received'> {
  return { ...segment, state: 'received', collisions };
}

/** Segments behind the first want that one's header. */
export const wantsFirst = ({ format }: Pick<StoredUpload, 'format'>): boolean =>
  UPLOADS[format].segments?.hasHeader === true;

/** Nobody works on it, and somebody should. */
export const isIdle = (
  segment: StoredSegment,
  { format }: Pick<StoredUpload, 'format'>,
  isFirstThere: boolean,
  now: string,
): boolean =>
  segment.state !== 'checked' &&
  (segment.state === 'received' || !isLeased(segment, now)) &&
  (segment.number === 1 || isFirstThere || !wantsFirst({ format }));

/** Whether the verdict can be found: one refused segment refuses the whole, otherwise all have to be checked. */
export const isReady = ({ segments }: Pick<StoredUpload, 'segments'>, found: readonly StoredSegment[]): boolean =>
  refusalAmong(found) !== undefined || (found.length === segments && found.every(({ state }) => state === 'checked'));

/** Of the first segment that is refused; it says which one that is. */
export function refusalAmong(segments: readonly StoredSegment[]): UploadRefusal | undefined {
  for (const segment of segments) {
    if (segment.state !== 'checked' || !('refusal' in segment.outcome)) continue;
    const { refusal } = segment.outcome;
    return { ...refusal, detail: `Segment ${segment.number}: ${refusal.detail}` };
  }
  return undefined;
}

export type GoodSegment = SegmentIn<'checked'> & {
  readonly outcome: Exclude<SegmentOutcome, { refusal: UploadRefusal }>;
};

export const isGood = (segment: StoredSegment): segment is GoodSegment =>
  segment.state === 'checked' && !('refusal' in segment.outcome);

export const segmentCut: UploadRefusal = {
  code: 'segment-cut',
  detail:
    'it ends within a record, or where a quote before its end is left open. Every segment but the last ends with the line break of a record.',
};
