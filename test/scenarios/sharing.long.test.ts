import { test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { registerChanges } from './schema-evolution.ts';
import { repairedAtOnce, repairedLate } from './schema-repairs.ts';

const at = aPlace();

test('a register changes under the agreements on it', () => registerChanges(at));
test('a version that repairs after the days of grace: the hub lifts its hold, and the newest data that were missed arrive', () =>
  repairedLate(at));
test('a version that repairs before anybody was told: nothing was ever wrong, but for what it breaks itself', () =>
  repairedAtOnce(at));
