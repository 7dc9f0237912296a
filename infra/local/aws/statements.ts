import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Prepares each statement once. Not for `iterate`: a statement goes through its rows once at a time. */
export function statementsOf(database: DatabaseSync): (sql: string) => StatementSync {
  const known = new Map<string, StatementSync>();
  return (sql) => {
    const statement = known.get(sql) ?? database.prepare(sql);
    known.set(sql, statement);
    return statement;
  };
}
