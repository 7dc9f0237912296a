import { test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { deriving } from '../cli/deriving.ts';
import { firmsMissing, salesTaxed } from './comparisons.ts';
import { courtLookup } from './court-lookup.ts';
import { salesReconciled } from './reconciled-sales.ts';
import { pensionersWatched } from './watched-keys.ts';

const at = aPlace();

test.concurrent('firms of the register that a supervision list does not have are found', () => firmsMissing(at));
test.concurrent('registered sales for which tax is unpaid or late are found', () => salesTaxed(at));

test('a court looks 223 people up one by one, each for a case and in the evidence before the answer', () =>
  courtLookup(at));
test('a pensions office hears which of its pensioners’ records have changed, and holds no copy of the register', () =>
  pensionersWatched(at));
test('registered sales are reconciled with the tax that was paid, and only what is different is told', () =>
  salesReconciled(at));
test('an owner tries a statement on its own data, and publishes what it saw', () => deriving(at));
