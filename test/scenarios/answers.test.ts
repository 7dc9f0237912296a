import { test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { courtLookup } from './court-lookup.ts';
import { pensionersWatched } from './watched-keys.ts';

const at = aPlace();

test('a court looks people up one by one, each for a case and in the evidence before the answer', () =>
  courtLookup(at));

test('a pensions office hears which of its pensioners’ records have changed, and holds no copy of the register', () =>
  pensionersWatched(at));
