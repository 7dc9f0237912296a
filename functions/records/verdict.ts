import type { RowCounts, UploadRefusal } from '../../schemas/contracts/uploads.ts';
import type { CheckResult } from './check/contract.ts';
import type { Judged } from './wording/headline.ts';

/**
 * Whether so many records were rejected that the whole upload is refused. Of mended records any share is put up with, as
 * long as one is accepted: what they join is good already.
 * @param tolerance share of rejected records, 0 to 1, that is still put up with
 * @param mended the records join a dataset
 */
export function tooManyRejections(
  { read, accepted, rejected }: RowCounts,
  tolerance: number,
  mended = false,
): UploadRefusal | undefined {
  if (mended) {
    return accepted > 0
      ? undefined
      : refused(`None of the ${read} records was accepted, so the dataset stays as it is.`);
  }
  // Division, not multiplication: 29 of 100 is exactly the tolerance 0.29, while 0.29 * 100 is a little below 29.
  if (read === 0 || rejected / read <= tolerance) return undefined;
  return refused(
    `${rejected} of ${read} records were rejected, ${percent(rejected / read)} where the resource tolerates ${percent(tolerance)}.`,
  );
}

const refused = (detail: string): UploadRefusal => ({ code: 'too-many-rejections', detail });
const percent = (share: number): string => `${Number((share * 100).toPrecision(6))} %`;

export interface Judging {
  readonly resourceId: string;
  readonly tolerance: number;
  /** The upload whose records these mend, or that there is one. */
  readonly fixes?: string | boolean | undefined;
  /** Nothing is sent: the verdict is what the hub would say. */
  readonly trial?: boolean | undefined;
}

/** What the hub says of a file that was checked: the same decision wherever it is made. */
export function verdictOf(result: CheckResult, judging: Judging): Judged {
  if (result.verdict === 'refused') return { state: 'refused', refusal: result.refusal, ...judging };
  const { rows, violations } = result;
  const refusal = tooManyRejections(rows, judging.tolerance, Boolean(judging.fixes));
  return { state: refusal ? 'refused' : 'accepted', ...(refusal ? { refusal } : {}), rows, violations, ...judging };
}
