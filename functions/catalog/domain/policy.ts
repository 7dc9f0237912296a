import type { Change, JudgedChange, Verdict } from '../../../schemas/contracts/compatibility.ts';
import { compatibilityPolicy } from '../../../schemas/registry/compatibility-policy.ts';
import { sentenceOf } from './change-words.ts';

/** What the policy says of a change, whoever has an agreement. */
export function judged(change: Change): JudgedChange {
  const { files, extracts } = compatibilityPolicy[change.kind];
  return { ...change, message: sentenceOf(change), files, extracts };
}

/** The most serious; of none, `compatible`. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('breaking')) return 'breaking';
  return verdicts.includes('notify') ? 'notify' : 'compatible';
}

export const verdictOf = ({ files, extracts }: Pick<JudgedChange, 'files' | 'extracts'>): Verdict =>
  worst([files, extracts]);
