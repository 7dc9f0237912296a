import { test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { firmsMissing, salesTaxed } from './comparisons.ts';
import { courtLookup } from './court-lookup.ts';

const at = aPlace();

test.concurrent('firms of the register that a supervision list does not have are found', () => firmsMissing(at));
test.concurrent('registered sales for which tax is unpaid or late are found', () => salesTaxed(at));

test('a court looks 223 people up one by one, each for a case and in the evidence before the answer', () =>
  courtLookup(at));
