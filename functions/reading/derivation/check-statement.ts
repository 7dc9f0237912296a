import type { Lineage } from '../../../schemas/contracts/derivations.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { lineageOf } from './lineage/lineage.ts';
import type { StatementInputs } from './lineage/tracing.ts';
import { RefusedStatement, violationOf } from './statement/refused.ts';
import { around, checkText, readStatement, type Statement } from './statement/statement.ts';

export interface CheckedStatement {
  readonly statement: Statement;
  readonly lineage: Lineage;
}

/** DuckDB's parser: the JSON that `json_serialize_sql` makes of a text, errors included. */
export type Parse = (sql: string) => Promise<string>;

/**
 * Whether a statement may be a derivation's, and where its fields come from.
 *
 * @param inputs by their names in the statement, the fields of each in the order of its columns
 */
export async function checkStatement(
  sql: string,
  inputs: StatementInputs,
  parse: Parse,
): Promise<Outcome<CheckedStatement, 'invalid-derivation'>> {
  try {
    checkText(sql);
    const statement = readStatement(sql, await parse(sql), await parse(around(sql)));
    return done({ statement, lineage: lineageOf(statement, inputs) });
  } catch (error) {
    if (error instanceof RefusedStatement)
      return refuse('invalid-derivation', { violations: [violationOf(error, sql)] });
    throw error;
  }
}
