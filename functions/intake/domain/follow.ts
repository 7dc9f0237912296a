import type { StoredSegment } from '../../../schemas/contracts/segments.ts';
import type { StoredUpload } from '../../../schemas/stored/uploads.ts';

/** What has to be begun after a change that is committed. */
export type Next =
  /** The oldest changes of its resource that wait may have their turn. */
  | 'wake-next'
  /** The upload itself: its dataset is profiled (a large one by the sweeper instead), or it is checked again. */
  | 'upload'
  /** The segment once more. */
  | 'segment'
  /** The upload of the segment, if it was the last, or is refused. */
  | 'put-together';

type State = StoredUpload['state'] | StoredSegment['state'];

export interface Change {
  readonly kind: 'upload' | 'upload-segment';
  readonly from: State;
  readonly to: State;
}

const WITHOUT_VERDICT = ['awaiting', 'received', 'checking', 'held'] as const;

/** The changes after which there is something to begin; the same list filters the table's stream. */
export const followed: readonly {
  readonly kind: Change['kind'];
  readonly from: readonly State[];
  readonly to: State;
  readonly next: readonly Next[];
}[] = [
  { kind: 'upload', from: WITHOUT_VERDICT, to: 'accepted', next: ['wake-next', 'upload'] },
  { kind: 'upload', from: WITHOUT_VERDICT, to: 'refused', next: ['wake-next'] },
  // Overtaken, or in segments of which some are checked once more.
  { kind: 'upload', from: ['checking'], to: 'received', next: ['upload'] },
  { kind: 'upload-segment', from: ['checking'], to: 'checked', next: ['put-together'] },
  { kind: 'upload-segment', from: ['checked'], to: 'received', next: ['segment'] },
];

export const nextAfter = ({ kind, from, to }: Change): readonly Next[] =>
  followed.find((each) => each.kind === kind && each.to === to && each.from.includes(from))?.next ?? [];
