import type { ConditionSource, InheritedTerms, Lineage } from '../../../schemas/contracts/derivations.ts';
import type { ResourceLineage } from '../../../schemas/contracts/derivation-runs.ts';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import { type Officer, seesAll } from '../../reading/oversight.ts';

/** Its owner, authority and auditor know how a resource is made. */
export const mayReadAll = ({ provider }: { readonly provider: DepartmentId }, officer: Officer): boolean =>
  officer.department === provider || seesAll(officer);

/** All of a lineage, with what its fields inherit. */
export function wholeLineage(
  { resourceId, version, definition }: ResourceVersion,
  { fields, records }: Lineage,
  inherited: readonly InheritedTerms[],
): ResourceLineage {
  const byField = new Map(inherited.map(({ field, ...terms }) => [field, terms]));
  return {
    resourceId,
    resourceVersion: version,
    inputs: definition.derivation?.inputs ?? {},
    fields: fields.map((one) => {
      const inherits = byField.get(one.field);
      return { ...one, ...(inherits && { inherits }) };
    }),
    records,
  };
}

/** The part that some inputs have in it: what other inputs there are, and what of them is used, is not told. */
export function partOf(
  { inputs, fields, records, ...version }: ResourceLineage,
  own: ReadonlySet<string>,
): ResourceLineage {
  const ofOwn = <Source extends { readonly input: string }>(sources: readonly Source[]): Source[] =>
    sources.filter(({ input }) => own.has(input));
  return {
    ...version,
    inputs: Object.fromEntries(Object.entries(inputs).filter(([name]) => own.has(name))),
    fields: fields
      .map(({ field, from, decidedBy }) => ({ field, from: ofOwn(from), decidedBy: ofOwn(decidedBy) }))
      .filter(({ from, decidedBy }) => from.length + decidedBy.length > 0),
    records: ofOwn<ConditionSource>(records),
  };
}
