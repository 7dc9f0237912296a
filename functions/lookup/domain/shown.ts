import type { Lookup } from '../../../schemas/contracts/lookups.ts';
import type { StoredLookup } from '../../../schemas/stored/lookups.ts';
import { seesAll, type Officer } from '../../reading/oversight.ts';

/**
 * A lookup as somebody may see it. Who of the consumer's officers asked, and for which case, is the consumer's and the
 * overseers' to know: a case number names a case, and with it people.
 */
export function shownLookup({ lookedUp: _keys, officer, caseNumber, ...lookup }: StoredLookup, to: Officer): Lookup {
  const seesWhoAndWhy = to.department === lookup.consumer || seesAll(to);
  return { ...lookup, ...(seesWhoAndWhy && { officer, caseNumber }) };
}
