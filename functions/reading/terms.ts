import type { Agreement, TermsVersion } from '../../schemas/contracts/agreements.ts';
import type { DeliveryTerms, Terms } from '../../schemas/contracts/terms.ts';
import { Fault } from '../kernel/fault.ts';

/** One of an agreement's terms versions; undefined where it has none of that number. */
export const findVersion = ({ terms }: Pick<Agreement, 'terms'>, number: number): TermsVersion | undefined =>
  terms.find(({ version }) => version === number);

/**
 * One of an agreement's terms versions: those in force, or on the table while nothing is, unless another is named. Throws
 * where there is none of that number.
 */
export function versionOf(agreement: Agreement, number: number = agreement.termsVersion): TermsVersion {
  const found = findVersion(agreement, number);
  if (!found) throw new Fault(`agreement ${agreement.agreementId} lacks its terms version ${number}`);
  return found;
}

/** Terms by which files come of themselves; undefined where the consumer asks for each answer. */
export function deliveryTerms(terms: Terms): DeliveryTerms | undefined {
  switch (terms.mode) {
    case 'delivery':
      return terms;
    case 'lookup':
    case 'comparison':
      return undefined;
    default:
      return terms satisfies never;
  }
}

/** What that version says. Throws where there is none of that number. */
export const termsOf = (agreement: Agreement, number?: number): Terms => versionOf(agreement, number).terms;
