import { test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { legalEntitiesForAll } from './legal-entity-base.ts';
import { recordsAtOnce } from './records-at-once.ts';

const at = aPlace();

test.concurrent('records of seventy calls are accepted in the order of their numbers, and no call is the end of a chain', () =>
  recordsAtOnce(at));
test.concurrent('28 departments and districts get their rows of the register of legal entities', () =>
  legalEntitiesForAll(at));
