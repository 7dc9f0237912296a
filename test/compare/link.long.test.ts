import { expect, test } from '@jest/globals';
import { chosenOf, plainJaroWinkler } from './linked-pairs.ts';
import { areas, corruptedInstitutions, qualityOf } from './real-pairs.ts';

test.each([
  ['areas of China', areas(), 0.15],
  ['institutions', corruptedInstitutions(2000, 2), 0.2],
])(
  '%s are found better than by plain Jaro-Winkler at the threshold that suits it best',
  async (_, pairs, better) => {
    const { f1 } = qualityOf(pairs, await chosenOf(pairs, 0.5));
    expect(f1 - (await plainJaroWinkler(pairs)).f1).toBeGreaterThan(better);
  },
  600_000,
);
