import { test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { emergencyDatabase } from './theme-emergency-derived.ts';

const at = aPlace();

test('the emergency office’s database goes to each office for its area, and loses the fields of a source that is withdrawn', () =>
  emergencyDatabase(at));
