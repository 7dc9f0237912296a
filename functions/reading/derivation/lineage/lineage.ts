import type { Lineage } from '../../../../schemas/contracts/derivations.ts';
import type { Statement } from '../statement/statement.ts';
import { namedColumns } from './scope.ts';
import { traceQuery } from './trace-query.ts';
import { type StatementInputs, tablesOf } from './tracing.ts';
import { conditionKey } from './value.ts';

/**
 * Where each output of a statement comes from, found in the statement and not in any data. What it cannot tell for
 * certain counts as a source.
 *
 * @throws RefusedStatement where a name means nothing, or more than the statement may do
 */
export function lineageOf({ query }: Statement, inputs: StatementInputs): Lineage {
  const { columns, records } = namedColumns(traceQuery(query, tablesOf(inputs, traceQuery)), query.at);
  const said = new Set(records.map(conditionKey));
  return {
    fields: columns.map(({ name = '', value: { from, decidedBy } }) => ({
      field: name,
      from: [...from],
      decidedBy: decidedBy.filter((condition) => !said.has(conditionKey(condition))),
    })),
    records: [...records],
  };
}

/** The inputs that a statement reads. */
export const inputsOf = ({ fields, records }: Lineage): ReadonlySet<string> =>
  new Set([...fields.flatMap(({ from, decidedBy }) => [...from, ...decidedBy]), ...records].map(({ input }) => input));

/** What is left of a result where some of its inputs are not there. */
export interface Rest {
  /** Fields that would be made of them, in the statement's order. */
  readonly lost: readonly string[];
  /** Whether the records are those that they would be, but for records that the lost inputs alone had. */
  readonly records: boolean;
}

/**
 * What the statement would still give if the inputs that are marked as lost had no records: the ends of LEFT JOINs,
 * branches of a UNION, sub-queries that give a value. Where a lost input decides which records there are, nothing is.
 *
 * @throws RefusedStatement as `lineageOf`
 */
export function restOf({ query }: Statement, inputs: StatementInputs): Rest {
  const tables = tablesOf(inputs, traceQuery);
  const { columns, gone } = traceQuery(query, tables);
  return {
    lost: columns.flatMap(({ name = '', value }) => (value.lost ? [name] : [])),
    records: !gone && !tables.findings.broken,
  };
}
