import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { InheritedTerms } from '../../../schemas/contracts/derivations.ts';
import type { AgreementId, DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { DeliveryTerms } from '../../../schemas/contracts/terms.ts';
import { isInForce } from '../agreement.ts';
import { deliveryTerms, termsOf } from '../terms.ts';
import { derivableOf } from './derivable.ts';
import type { InputTerms } from './inheritance/inherited.ts';
import type { StatementInput } from './lineage/tracing.ts';

/** A resource that a derivation reads, as it stands. */
export interface FoundInput {
  /** The newest version. */
  readonly version: ResourceVersion;
  /** Of the derivation's owner on it, in order of proposal. */
  readonly agreements: readonly Agreement[];
  /** Where it is the owner's own and derived itself. */
  readonly inherited?: readonly InheritedTerms[] | undefined;
}

export interface Grant {
  readonly agreementId: AgreementId;
  readonly termsVersion: number;
  /** The version of the resource that the terms speak of. */
  readonly resourceVersion: number;
  readonly terms: DeliveryTerms;
}

/** `lost`: it was granted once, and is not, or not now. `none`: it never was, or does not exist. */
export type Right =
  | { readonly kind: 'own' }
  | { readonly kind: 'granted' | 'lost'; readonly grant: Grant }
  | { readonly kind: 'none' };

/**
 * By what right the owner of a derivation has an input on a day. Of several agreements it is the first one that lets what
 * is derived be shared.
 */
export function rightTo(found: FoundInput | undefined, owner: DepartmentId, today: string): Right {
  if (!found) return { kind: 'none' };
  if (found.version.provider === owner) return { kind: 'own' };
  const filed = found.agreements.filter(({ filingNumber }) => filingNumber !== undefined);
  const inForce = filed.filter((agreement) => isInForce(agreement, today)).flatMap(grantOf);
  const granted = inForce.find(({ terms }) => (terms.reshare ?? 'no') !== 'no') ?? inForce[0];
  if (granted) return { kind: 'granted', grant: granted };
  const lost = filed.flatMap(grantOf).at(-1);
  return lost ? { kind: 'lost', grant: lost } : { kind: 'none' };
}

function grantOf(agreement: Agreement): Grant[] {
  const terms = deliveryTerms(termsOf(agreement));
  const { agreementId, termsVersion, resourceVersion } = agreement;
  return terms ? [{ agreementId, termsVersion, resourceVersion, terms }] : [];
}

/** An input by some right. */
export interface InputInUse extends FoundInput {
  readonly right: Exclude<Right, { readonly kind: 'none' }>;
}

/** What a statement finds of an input: its key only where it has the whole of it as it is, so that it tells records apart. */
export function statementInput({ version, right }: InputInUse): StatementInput {
  const { schema } = version.definition;
  const { primaryKey } = schema;
  if (right.kind === 'own') return { fields: derivableOf(schema), primaryKey };
  const { terms } = right.grant;
  const isWhole = primaryKey?.every((name) => terms.fields.includes(name) && !Object.hasOwn(terms.mask, name));
  return {
    fields: derivableOf(schema, terms.fields),
    ...(isWhole && { primaryKey }),
    ...(right.kind === 'lost' && { lost: true }),
  };
}

export const inputTerms = ({ version, right, inherited }: InputInUse): InputTerms => ({
  resourceId: version.resourceId,
  definition: version.definition,
  ...(right.kind === 'own'
    ? { ...(inherited && { inherited }) }
    : { agreement: { agreementId: right.grant.agreementId, terms: right.grant.terms } }),
});
