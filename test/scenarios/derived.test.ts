import { test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { deriving } from '../cli/deriving.ts';
import { housingTax } from './housing-tax.ts';
import { populationOfParts } from './population-base-derived.ts';
import { emergencyDatabase } from './theme-emergency-derived.ts';

const at = aPlace();

test('a project whose sales pass 85 % is told of once, and no more once its source is withdrawn', () => housingTax(at));
test('the emergency office’s database goes to each office for its area, and loses the fields of a source that is withdrawn', () =>
  emergencyDatabase(at));
test('a register joined out of the parts of several departments, each field with its provider', () =>
  populationOfParts(at));
test('an owner tries a statement on its own data, and publishes what it saw', () => deriving(at));
