import { test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { consenting } from '../cli/consenting.ts';
import { deriving } from '../cli/deriving.ts';
import { courtLookup } from './court-lookup.ts';
import { housingTax } from './housing-tax.ts';
import { populationOfParts } from './population-base-derived.ts';
import { salesReconciled } from './reconciled-sales.ts';
import { pensionersWatched } from './watched-keys.ts';

/** What is asked of resources, and made of them: each story moves the clock. */
const at = aPlace();

test('a court looks people up one by one, each for a case and in the evidence before the answer', () =>
  courtLookup(at));
test('a pensions office hears which of its pensioners’ records have changed, and holds no copy of the register', () =>
  pensionersWatched(at));
test('a project whose sales pass 85 % is told of once, and no more once its source is withdrawn', () => housingTax(at));
test('a register joined out of the parts of several departments, each field with its provider', () =>
  populationOfParts(at));
test('an owner tries a statement on its own data, and publishes what it saw', () => deriving(at));
test('whose fields a derived resource has is asked, consents, objects and consents again', () => consenting(at));
test('registered sales are reconciled with the tax that was paid, and only what is different is told', () =>
  salesReconciled(at));
