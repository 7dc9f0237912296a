import { test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { divisionsAsEdits } from './changes.ts';
import { mendedAtOnce, mendedRecordsRefused } from './fixes.ts';
import { legalEntitiesForAll } from './legal-entity-base.ts';
import { recordsAtOnce } from './records-at-once.ts';

const at = aPlace();

test.concurrent('records of seventy calls are accepted in the order of their numbers, and no call is the end of a chain', () =>
  recordsAtOnce(at));
test.concurrent('the administrative divisions are followed as edits', () => divisionsAsEdits(at));
test.concurrent('mended records that cannot join are refused', () => mendedRecordsRefused(at));
test.concurrent('of two stewards who mend at once one is first; the other, told so, follows', () => mendedAtOnce(at));
test.concurrent('28 departments and districts get their rows of the register of legal entities', () =>
  legalEntitiesForAll(at));
