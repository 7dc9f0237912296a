import type { Agreement, Consent } from '../../../schemas/contracts/agreements.ts';
import type { InheritedTerms } from '../../../schemas/contracts/derivations.ts';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { ResourceUse } from '../../../schemas/contracts/uses.ts';
import { isFiled, onTheTable } from '../agreement.ts';
import { versionOf } from '../terms.ts';
import { askedBy } from './inheritance/problems.ts';

/** Whose part it is, and the fields of the resource that it is in. */
export interface Part {
  readonly department: DepartmentId;
  readonly fields: ReadonlySet<string>;
}

/** The fields of a derived resource that a department's own are in, or that it has to consent to. */
export const partOf = (inherited: readonly InheritedTerms[], department: DepartmentId): Part => ({
  department,
  fields: new Set(
    inherited
      .filter(({ providers, consent = [] }) => providers.includes(department) || consent.includes(department))
      .map(({ field }) => field),
  ),
});

/** How an agreement uses a part: by the terms in force, and by those that both parties agree on; by none once it is over. */
export function useOf(agreement: Agreement, part: Part): ResourceUse {
  const { agreementId, resourceId, provider, consumer, state } = agreement;
  const table = onTheTable(agreement);
  const used = [
    ...(isFiled(agreement) ? [agreement.termsVersion] : []),
    ...(table !== undefined && table.state !== 'proposed' ? [table.termsVersion] : []),
  ];
  const terms = used
    .map((termsVersion) => using(agreement, termsVersion, part))
    .filter(({ fields, asked }) => fields.length > 0 || asked !== undefined);
  return { agreementId, resourceId, provider, consumer, state, terms };
}

/** What the department is asked about it reads, and of other terms what is used. */
function using(agreement: Agreement, termsVersion: number, part: Part): ResourceUse['terms'][number] {
  const version = versionOf(agreement, termsVersion);
  const own = consentsTo(agreement, termsVersion).find(({ department }) => department === part.department);
  return {
    termsVersion,
    ...(agreement.amendment?.termsVersion === termsVersion && { amends: true as const }),
    fields: askedBy(version.terms).filter((field) => part.fields.has(field)),
    ...(own && { asked: askedTerms(version, part, own) }),
  };
}

const consentsTo = (agreement: Agreement, termsVersion: number): readonly Consent[] =>
  [agreement, agreement.amendment].find((terms) => terms?.termsVersion === termsVersion)?.consents ?? [];

function askedTerms(
  { digest, terms }: ReturnType<typeof versionOf>,
  part: Part,
  { department: _self, ...consent }: Consent,
): ResourceUse['terms'][number]['asked'] {
  const { mode, purpose, legalBasis, validFrom, validTo, duties, reshare = 'no', mask, filter } = terms;
  return {
    termsDigest: digest,
    mode,
    purpose,
    legalBasis,
    validFrom,
    validTo,
    retainDays: duties.disposal.retainDays,
    reshare,
    mask: Object.fromEntries(Object.entries(mask).filter(([field]) => part.fields.has(field))),
    filter: filter.filter(({ field }) => part.fields.has(field)),
    consent,
  };
}
