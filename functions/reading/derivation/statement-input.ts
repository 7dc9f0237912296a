import { derivableOf } from './derivable.ts';
import type { InputTerms } from './inheritance/inherited.ts';
import type { StatementInput } from './lineage/tracing.ts';

/**
 * What a statement can read of an input: all of the owner's own, of another department's what the agreement delivers, in
 * that order. A primary key of which a field is not delivered, or masked, tells no records apart.
 */
export function statementInputOf({ definition: { schema }, agreement }: InputTerms): StatementInput {
  const { primaryKey } = schema;
  if (!agreement) return { fields: derivableOf(schema), primaryKey };
  const { fields, mask } = agreement.terms;
  const isWhole = primaryKey?.every((name) => fields.includes(name) && !Object.hasOwn(mask, name));
  return { fields: derivableOf(schema, fields), primaryKey: isWhole ? primaryKey : undefined };
}
