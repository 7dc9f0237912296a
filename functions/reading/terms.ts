import type { Agreement, TermsVersion } from '../../schemas/contracts/agreements.ts';
import type { Terms } from '../../schemas/contracts/terms.ts';
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

/** What that version says. Throws where there is none of that number. */
export const termsOf = (agreement: Agreement, number?: number): Terms => versionOf(agreement, number).terms;
