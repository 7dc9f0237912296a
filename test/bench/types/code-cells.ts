import { identityNumber } from '../../support/enforcement-records.ts';
import type { Seeded } from '../../support/seeded.ts';
import { creditCheck, orgCheck } from '../data/legal-entity-row.ts';

type Cell = (random: Seeded) => string;

const orgCode: Cell = (random) => {
  const eight = String(random.below(100_000_000)).padStart(8, '0');
  return eight + orgCheck(eight);
};

const creditCode: Cell = (random) => {
  const seventeen = `91${110_101 + random.below(9)}${String(random.below(1_000_000_000)).padStart(9, '0')}`;
  return seventeen + creditCheck(seventeen);
};

const two = (number: number): string => String(number).padStart(2, '0');

const identity: Cell = (random) =>
  identityNumber(
    `${110_101 + random.below(9)}${1950 + random.below(50)}${two(1 + random.below(12))}${two(1 + random.below(28))}${100 + random.below(900)}`,
  );

/** Codes with the right check character. */
export const CODES = { gb11643: identity, gb11714: orgCode, gb32100: creditCode } as const;
