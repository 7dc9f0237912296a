import { test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { emergencyTheme } from './theme-emergency.ts';
import { emergencyDatabase } from './theme-emergency-derived.ts';

const at = aPlace();

test('the emergency office’s theme, from its demands to what is covered', () => emergencyTheme(at));
test('the emergency office’s database goes to all 32 offices by one scheme, and loses what a withdrawn source gave', () =>
  emergencyDatabase(at));
