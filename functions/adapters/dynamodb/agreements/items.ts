import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { AgreementId, DepartmentId } from '../../../../schemas/contracts/ids.ts';
import type { AgreementPointer } from '../../../../schemas/stored/agreements.ts';
import { summaryOf } from '../../../reading/agreement.ts';
import { toItem } from '../table/items.ts';
import { keyOf, type Key } from '../table/keys.ts';
import type { Item } from '../table/reads.ts';

/** Where all agreements are, whole, in order of their ids. */
export const ALL_AGREEMENTS = 'AGREEMENTS';

/** Where what lists show of them is, in the same order: a page is small, whatever was negotiated. */
export const LISTED_AGREEMENTS = 'AGREEMENT-LIST';

/** @param entries how long its history is */
export const agreementItem = (agreement: Agreement, entries?: number): Item =>
  toItem(
    'agreement',
    keyOf.agreement(agreement.agreementId),
    {
      ...agreement,
      terms: agreement.terms.map((version) => ({ ...version, terms: JSON.stringify(version.terms) })),
      ...(entries !== undefined && { entries }),
    },
    { list: { partition: ALL_AGREEMENTS, position: agreement.agreementId } },
  );

/** One under the resource and one under each party. */
export const pointerItems = (agreement: Agreement): readonly Item[] => [
  toItem('pointer', keyOf.resourceAgreement(agreement.resourceId, agreement.agreementId), pointerOf(agreement)),
  ...partyPointers(agreement),
];

/** Those that every act renews. The consumer's stands in the list of all. */
export const partyPointers = (agreement: Agreement): readonly Item[] => {
  const { agreementId, provider, consumer } = agreement;
  const pointer = { ...pointerOf(agreement), summary: summaryOf(agreement) };
  const list = { partition: LISTED_AGREEMENTS, position: listedPosition(agreementId, consumer) };
  return [
    toItem('pointer', keyOf.partyAgreement(provider, agreementId), pointer),
    toItem('pointer', keyOf.partyAgreement(consumer, agreementId), pointer, { list }),
  ];
};

const listedPosition = (id: AgreementId, consumer: DepartmentId): string => `${id}#${consumer}`;

/** The consumer's pointer at a position of the list; one that a caller made up leads to a key that is not there. */
export function listedKey(position: string): Key {
  const [id = '', consumer = ''] = position.split('#');
  return keyOf.partyAgreement(consumer as DepartmentId, id as AgreementId);
}

const pointerOf = ({ agreementId, resourceId, provider, consumer }: Agreement): AgreementPointer => ({
  agreementId,
  resourceId,
  provider,
  consumer,
});
