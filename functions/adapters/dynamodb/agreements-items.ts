import { z } from 'zod';
import { Agreement, Terms, TermsVersion } from '../../../schemas/contracts/agreements.ts';
import { AgreementId, DepartmentId, ResourceId } from '../../../schemas/contracts/ids.ts';
import { jsonText } from './json-text.ts';
import { keyOf } from './keys.ts';
import { toItem, type Item } from './table.ts';

/** Where the list of all agreements is, in order of their ids. */
export const ALL_AGREEMENTS = 'AGREEMENTS';

export const AgreementItem = Agreement.extend({ terms: z.array(TermsVersion.extend({ terms: jsonText(Terms) })) });

/** A pointer repeats what never changes about an agreement, so that a list can choose before it reads. */
export const AgreementPointer = z.object({
  agreementId: AgreementId,
  resourceId: ResourceId,
  provider: DepartmentId,
  consumer: DepartmentId,
});
export type AgreementPointer = z.infer<typeof AgreementPointer>;

export const agreementItem = (agreement: Agreement, lookAgainAt?: string): Item =>
  toItem(
    'agreement',
    keyOf.agreement(agreement.agreementId),
    { ...agreement, terms: agreement.terms.map((version) => ({ ...version, terms: JSON.stringify(version.terms) })) },
    {
      list: { partition: ALL_AGREEMENTS, position: agreement.agreementId },
      ...(lookAgainAt !== undefined && { due: { partition: 'AGREEMENT', at: lookAgainAt } }),
    },
  );

/** One under the resource and one under each party. */
export function pointerItems({ agreementId, resourceId, provider, consumer }: Agreement): readonly Item[] {
  const pointer: AgreementPointer = { agreementId, resourceId, provider, consumer };
  return [
    keyOf.resourceAgreement(resourceId, agreementId),
    keyOf.partyAgreement(provider, agreementId),
    keyOf.partyAgreement(consumer, agreementId),
  ].map((key) => toItem('pointer', key, pointer));
}
