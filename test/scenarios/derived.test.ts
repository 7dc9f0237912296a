import { test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { housingTax } from './housing-tax.ts';

const at = aPlace();

test('a project whose sales pass 85 % is told of once, and no more once its source is withdrawn', () => housingTax(at));
