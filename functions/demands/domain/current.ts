import type { UpdateCycle } from '../../../schemas/contracts/definition.ts';
import type { Frequency } from '../../../schemas/contracts/terms.ts';
import { lateAfter } from '../../../schemas/registry/update-cycles.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The longest that a new dataset waits for the moment of its frequency; on arrival it goes out at once. */
const waits: Record<Frequency, number> = {
  'on-arrival': 0,
  hourly: HOUR,
  daily: DAY,
  weekly: 7 * DAY,
  monthly: 31 * DAY,
  quarterly: 92 * DAY,
};
/** For the delivery itself. */
const UNDER_WAY = HOUR;

export interface Newest {
  readonly datasetVersion: number;
  readonly committedAt: string;
}

/** Whether a newer dataset should have been delivered by now. */
export const isBehind = (deliveredVersion: number, newest: Newest, frequency: Frequency, now: string): boolean =>
  newest.datasetVersion > deliveredVersion && age(newest, now) > waits[frequency] + UNDER_WAY;

/** Whether the provider should have renewed the resource by now, by the catalog's word. */
export function isLate({ committedAt }: Newest, updateCycle: UpdateCycle, now: string): boolean {
  const after = lateAfter(updateCycle, committedAt);
  return after !== undefined && Date.parse(now) > Date.parse(after);
}

const age = ({ committedAt }: Newest, now: string): number => Date.parse(now) - Date.parse(committedAt);
