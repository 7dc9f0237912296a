import type { Database } from './database.ts';

/** JSON of what DuckDB's parser makes of a text, which it does not run; also of what it says of a text that it refuses. */
export async function parseStatement(database: Database, sql: string): Promise<string> {
  const [row] = await database.rows(
    'SELECT json_serialize_sql($1::VARCHAR, skip_null := true, skip_empty := false, skip_default := true) AS tree',
    [sql],
  );
  return row?.['tree'] as string;
}
