import { describe, test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { divisionsAsAgreed } from './divisions-base.ts';
import { rejectedRecordsMended } from './fixes.ts';
import { lateStream } from './late-stream.ts';
import { legalEntitiesForAll } from './legal-entity-base.ts';
import { populationInSubsets } from './population-base.ts';
import { inSegmentsAsInOnePiece } from './segments.ts';

const at = aPlace();

// Side by side: no two of them share a consumer, and each waits most of the time for the hub.
test.concurrent('the administrative divisions reach each consumer as agreed', () => divisionsAsAgreed(at));
test.concurrent('the register of the population reaches each consumer as its own subset', () =>
  populationInSubsets(at));
test.concurrent('a steward mends what was rejected', () => rejectedRecordsMended(at));
test.concurrent('a file in segments is a file in one piece', () => inSegmentsAsInOnePiece(at));

describe('alone in the hub', () => {
  test('departments and districts get their rows of the register of legal entities', () => legalEntitiesForAll(at));
  test('an agreement that is filed while planning is held up gets the dataset in force and what comes after', () =>
    lateStream(at));
});
