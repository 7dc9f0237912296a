import { test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { applicantsVerified, firmsMissing, firmsOnStreets, rollsIntersected, salesTaxed } from './comparisons.ts';

const at = aPlace();

test.concurrent('applicants for a card are verified against the register, and nothing is learnt of anybody else', () =>
  applicantsVerified(at));
test.concurrent('a roll is intersected with penalty records: who is on both is learnt, and tiny results are not told', () =>
  rollsIntersected(at));
test.concurrent('firms of the register that a supervision list does not have are found', () => firmsMissing(at));
test.concurrent('registered sales for which tax is unpaid or late are found', () => salesTaxed(at));
test.concurrent('firms are matched to streets by the name that they wrote', () => firmsOnStreets(at));
