import type { Derivation } from '../../../schemas/contracts/derivation.ts';
import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { inputsOf, lineageOf, restOf } from './lineage/lineage.ts';
import type { StatementInputs } from './lineage/tracing.ts';
import type { Statement } from './statement/statement.ts';

/** What becomes of a derived resource where some of its inputs are not there. */
export type Impact =
  /** It goes on. `lost` is missing in every record from the next run on, and nobody gets it any more. */
  | { readonly outcome: 'goes-on'; readonly lost: readonly string[] }
  /** It makes no further version: as its owner chose, or since without its inputs it would say what is not so. */
  | { readonly outcome: 'ends'; readonly because: EndReason; readonly lost: readonly string[] };

/**
 * `chosen`: the owner wants it whole or not at all · `records`: the inputs decide which records there are · `key`: a field
 * of the primary key would be missing · `required`: a field would be missing that may not be.
 */
export type EndReason = 'chosen' | 'records' | 'key' | 'required';

/**
 * @param statement that `checkStatement` let pass on these inputs
 * @param without names of the inputs that are not there, or will not be
 */
export function impactOf(
  { onSourceEnd }: Pick<Derivation, 'onSourceEnd'>,
  statement: Statement,
  inputs: StatementInputs,
  schema: TableSchema,
  without: readonly string[],
): Impact {
  const left = Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [name, { ...input, lost: without.includes(name) }]),
  );
  const { lost, records } = restOf(statement, left);
  const all = schema.fields.map(({ name }) => name);
  const read = inputsOf(lineageOf(statement, inputs));
  if (!without.some((name) => read.has(name))) return { outcome: 'goes-on', lost: [] };
  if (onSourceEnd === 'end') return { outcome: 'ends', because: 'chosen', lost: all };
  if (!records) return { outcome: 'ends', because: 'records', lost: all };
  if (schema.primaryKey?.some((name) => lost.includes(name))) return { outcome: 'ends', because: 'key', lost: all };
  const isRequired = schema.fields.some(
    ({ name, constraints }) => constraints?.required === true && lost.includes(name),
  );
  return isRequired ? { outcome: 'ends', because: 'required', lost: all } : { outcome: 'goes-on', lost };
}
