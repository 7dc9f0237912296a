import type { FieldCheck } from '../../../../schemas/contracts/definition.ts';
import { note, type Note } from '../draft.ts';
import type { Profile } from './profile.ts';

/** A random code passes GB 11714 once in eleven times: ten different ones that all pass are no accident. */
const LEAST_CODES = 10;
/** Fewer faults than this are faults of the data, and not another kind of code. */
const MOST_FAULTS = 0.001;

/** A check digit that all codes of a column have; where nearly all have it, that is worth knowing. */
export function checkOf({ passed, tried, distinct }: Profile, path: string, notes: Note[]): FieldCheck | undefined {
  const [best] = [...passed].toSorted(([, a], [, b]) => b - a);
  if (!best || distinct.count < LEAST_CODES) return undefined;
  const [check, count] = best;
  if (count === tried) return check;
  if (count >= LEAST_CODES && tried - count <= Math.max(1, tried * MOST_FAULTS))
    notes.push(
      note(
        `${path}/check`,
        `${tried - count} of ${tried} values fail ${check}, all others pass: mend them and state the check`,
      ),
    );
  return undefined;
}
