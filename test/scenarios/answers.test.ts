import { test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { consenting } from '../cli/consenting.ts';
import { applicantsVerified, firmsOnStreets, rollsIntersected } from './comparisons.ts';
import { courtLookup } from './court-lookup.ts';
import { housingTax } from './housing-tax.ts';
import { populationOfParts } from './population-base-derived.ts';

/** What is asked of resources, and made of them. */
const at = aPlace();

// Side by side: they leave the clock alone, and share no department's mailbox.
test.concurrent('applicants for a card are verified against the register, and nothing is learnt of anybody else', () =>
  applicantsVerified(at));
test.concurrent('a roll is intersected with penalty records: who is on both is learnt, and tiny results are not told', () =>
  rollsIntersected(at));
test.concurrent('firms are matched to streets by the name that they wrote', () => firmsOnStreets(at));

// One after the other: each moves the clock.
test('a court looks people up one by one, each for a case and in the evidence before the answer', () =>
  courtLookup(at));
test('a project whose sales pass 85 % is told of once, and no more once its source is withdrawn', () => housingTax(at));
test('a register joined out of the parts of several departments, each field with its provider', () =>
  populationOfParts(at));
test('whose fields a derived resource has is asked, consents, objects and consents again', () => consenting(at));
