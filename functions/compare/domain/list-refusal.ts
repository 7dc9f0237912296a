import { listFault, type ListOutcome } from '../../records/index.ts';
import type { ListRefusal } from './comparison.ts';

type Why = Extract<ListOutcome, { verdict: 'refused' }>['refusal'];

/** Why a list cannot be compared, in words that name fields and columns and no value. */
export const listRefusal = (why: Why, most: number): ListRefusal =>
  'code' in why ? { code: codeOf(why.code), detail: why.detail } : listFault(why, most);

const CODES = ['header', 'empty', 'encoding', 'unknown-format', 'unreadable', 'too-large', 'no-such-sheet'] as const;

/** A list is refused for what its bytes are; the other codes are of uploads. */
function codeOf(code: string): (typeof CODES)[number] {
  const known = CODES.find((each) => each === code);
  if (known === undefined) throw new Error(`a list was refused as ${code}`);
  return known;
}
