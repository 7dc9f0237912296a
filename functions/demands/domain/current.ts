import type { UpdateCycle } from '../../../schemas/contracts/definition.ts';
import type { Frequency } from '../../../schemas/contracts/terms.ts';
import { after } from '../../kernel/time.ts';
import { lateAfter } from '../../reading/update-cycle.ts';

/** Hours that a new dataset waits at most for the moment of its frequency; on arrival it goes out at once. */
const waits: Readonly<Record<Frequency, number>> = {
  'on-arrival': 0,
  hourly: 1,
  daily: 24,
  weekly: 7 * 24,
  monthly: 31 * 24,
  quarterly: 92 * 24,
};
/** For the delivery itself, in hours. */
const UNDER_WAY = 1;

export interface Newest {
  readonly datasetVersion: number;
  readonly committedAt: string;
}

/** Whether a newer dataset should have been delivered by now; never where nothing comes of itself. */
export const isBehind = (
  deliveredVersion: number,
  newest: Newest,
  frequency: Frequency | undefined,
  now: string,
): boolean =>
  frequency !== undefined &&
  newest.datasetVersion > deliveredVersion &&
  after(newest.committedAt, { hours: waits[frequency] + UNDER_WAY }) < now;

/** Whether the provider should have renewed the resource by now, by the catalog's word. */
export function isLate({ committedAt }: Newest, updateCycle: UpdateCycle, now: string): boolean {
  const late = lateAfter(updateCycle, committedAt);
  return late !== undefined && late < now;
}
