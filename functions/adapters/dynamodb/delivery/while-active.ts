import type { AgreementId } from '../../../../schemas/contracts/ids.ts';
import type { RestsOn } from '../../../../schemas/stored/datasets.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { onlyWhile, type Write } from '../table/write.ts';

/** Serialises with the commit that ends the agreement: one of the two comes first. */
export const whileActive = (table: Table, id: AgreementId, termsVersion: number): Write =>
  onlyWhile(table, keyOf.agreement(id), '#state = :active AND termsVersion = :version', {
    ':active': 'active',
    ':version': termsVersion,
  });

/** The same of an agreement and, behind it, of those that the dataset was derived under which is handed out by it. */
export const whileAllActive = (table: Table, own: RestsOn, restsOn: readonly RestsOn[]): readonly Write[] =>
  [own, ...sourcesBeside(own.agreementId, restsOn)].map(({ agreementId, termsVersion }) =>
    whileActive(table, agreementId, termsVersion),
  );

/** A transaction looks at an item once. */
export const sourcesBeside = (own: AgreementId, restsOn: readonly RestsOn[]): readonly RestsOn[] =>
  restsOn.filter(({ agreementId }) => agreementId !== own);
