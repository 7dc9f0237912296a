import { test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { applicantsVerified, firmsOnStreets, rollsIntersected } from './comparisons.ts';

const at = aPlace();

test.concurrent('applicants for a card are verified against the register, and nothing is learnt of anybody else', () =>
  applicantsVerified(at));
test.concurrent('a roll is intersected with penalty records: who is on both is learnt, and tiny results are not told', () =>
  rollsIntersected(at));
test.concurrent('firms are matched to streets by the name that they wrote', () => firmsOnStreets(at));
