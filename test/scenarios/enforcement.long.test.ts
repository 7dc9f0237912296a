import { test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { enforcementBothWays, groups } from './enforcement-exchange.ts';

const at = aPlace();

test.concurrent.each(groups)('$members.0 and its neighbours exchange enforcement records both ways', (group) =>
  enforcementBothWays(at, group),
);
