import { expect, test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { applicantsVerified, firmsMissing, rollsIntersected, salesTaxed } from './comparisons.ts';

/** Every resource is more than a function is to hold: what is compared is compared by queries. */
const at = aPlace({ HUB_COMPARED_HERE_MB: 0 });

/** The stories say themselves what each row comes to. */
const byQueries = async (story: (place: typeof at) => Promise<void>): Promise<void> => {
  await story(at);
  expect(await at.hub.functionLogs('compare')).toContain('compared elsewhere');
};

test.concurrent('applicants are verified by a query', () => byQueries(applicantsVerified));
test.concurrent('a roll is intersected by a query', () => byQueries(rollsIntersected));
test.concurrent('firms that are missing or surplus are found by queries', () => byQueries(firmsMissing));
test.concurrent('unpaid sales are found by queries', () => byQueries(salesTaxed));
