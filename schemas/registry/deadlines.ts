import * as z from 'zod';
import type { ShareType } from '../contracts/definition.ts';
import { DutyId } from '../contracts/duties.ts';
import entries from './deadlines.json' with { type: 'json' };

const Span = z.union([
  z.strictObject({ working: z.int().min(1).max(250) }),
  z.strictObject({ calendar: z.int().min(1).max(365) }),
]);
export type Span = z.infer<typeof Span>;

const Deadline = z.strictObject({
  title: z.string().min(1),
  titleEn: z.string().min(1),
  /** Who owes it, what its time begins with and what ends it: words for people; the rules are in `functions/duties/domain`. */
  by: z.string().min(1),
  starts: z.string().min(1),
  fulfilledBy: z.string().min(1),
  /** Absent where the agreement or the resource itself says until when. */
  within: z.union([Span, z.strictObject({ unconditional: Span, conditional: Span, refused: Span })]).optional(),
  /** A duty that is not binding is never overdue: it is a reminder. */
  binding: z.boolean(),
  /** Beside the last day itself: some days ahead of it, and on the day on which its time begins. */
  remind: z.strictObject({ ahead: z.boolean(), start: z.boolean() }),
  /** The law, or the hub's own rule. */
  source: z.string().min(1),
});

/** Statutory and other deadlines: data that an officer can check and a deployment can change. */
export const deadlines: Readonly<Record<DutyId, z.infer<typeof Deadline>>> = z.record(DutyId, Deadline).parse(entries);

/** The span that a duty has by its deadline, on a resource of this share type. Throws where a date elsewhere ends it. */
export function spanOf(duty: DutyId, shareType: ShareType = 'conditional'): Span {
  const { within } = deadlines[duty];
  if (within === undefined) throw new Error(`duty ${duty} has no span of its own`);
  return 'unconditional' in within ? within[shareType] : within;
}
