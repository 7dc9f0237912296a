import type { Clause, Reading } from './clause.ts';
import { comparisonClauses } from './comparison.ts';
import { deliveryClauses } from './delivery.ts';
import { lookupClauses } from './lookup.ts';

/** How the data reach the consumer. */
export function modeClauses(reading: Reading): Clause[] {
  const { terms } = reading.version;
  switch (terms.mode) {
    case 'delivery':
      return deliveryClauses(terms, reading.timeZone);
    case 'lookup':
      return lookupClauses(terms, reading);
    case 'comparison':
      return comparisonClauses(terms, reading);
    default:
      return terms satisfies never;
  }
}
