/** A table of Parquet files whose place is made of what a query says of its partitions: Glue's partition projection, injected. */
export interface ProjectedTable {
  /** As statements call it, `"database"."table"`. */
  readonly name: string;
  readonly partitions: readonly string[];
  /** `s3://bucket/prefix/${partition}/`. */
  readonly template: string;
}

export interface Unload {
  /** In DuckDB’s dialect: each table of the statement in its place is `read_parquet` of what `place` answers. */
  sql(filesAt: (location: string) => readonly string[]): string;
  /** Every location that is read. */
  readonly reads: readonly string[];
  readonly to: string;
}

/** What a statement says that this engine does not take; Athena may. */
export class Unsupported extends Error {}

const UNLOAD = /^UNLOAD \((.*)\) TO '(s3:\/\/[^']+\/)' WITH \(format = 'PARQUET', compression = 'SNAPPY'\)$/s;
const TABLE = /FROM ("[a-z0-9_]+"\."[a-z0-9_]+") WHERE ((?:[a-z_]+ = '[^']*'(?: AND )?)+)/g;

/**
 * Reads the form of UNLOAD in which DuckDB and Trino meet, with its execution parameters put in the places of the question
 * marks, as Athena does: they are literals.
 */
export function unloadOf(text: string, parameters: readonly string[], tables: readonly ProjectedTable[]): Unload {
  const [, select, to] = UNLOAD.exec(text) ?? [];
  if (select === undefined || to === undefined) throw new Unsupported('only UNLOAD to Parquet is run locally');
  const given = withParameters(select, parameters);
  const locations = [...given.matchAll(TABLE)].map(([, name = '', where = '']) => locationOf(name, where, tables));
  if (locations.length === 0) throw new Unsupported('a statement reads a table of the hub');
  const sql = (filesAt: (location: string) => readonly string[]): string => {
    let at = 0;
    return given.replace(TABLE, () => {
      const files = filesAt(locations[at++] ?? '').map((path) => `'${path.replaceAll("'", "''")}'`);
      return `FROM read_parquet([${files.join(', ')}])`;
    });
  };
  return { sql, reads: [...new Set(locations)], to };
}

/** Literals of texts alone; no statement of the hub has a question mark within one of its own. */
function withParameters(select: string, parameters: readonly string[]): string {
  const pieces = select.split('?');
  if (pieces.length !== parameters.length + 1) throw new Unsupported('as many parameters as question marks');
  if (!parameters.every((literal) => /^'(?:[^']|'')*'$/.test(literal))) throw new Unsupported('parameters are texts');
  return pieces.map((piece, i) => `${piece}${parameters[i] ?? ''}`).join('');
}

function locationOf(name: string, where: string, tables: readonly ProjectedTable[]): string {
  const table = tables.find((one) => one.name === name);
  if (!table) throw new Unsupported(`no table ${name}`);
  const values = new Map([...where.matchAll(/([a-z_]+) = '([^']*)'/g)].map(([, key = '', value = '']) => [key, value]));
  if (table.partitions.some((partition) => !values.has(partition)) || values.size !== table.partitions.length)
    throw new Unsupported(`${name} is read by ${table.partitions.join(', ')}`);
  return table.template.replaceAll(/\$\{([a-z_]+)\}/g, (_, key: string) => values.get(key) ?? '');
}
