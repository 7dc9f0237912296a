import type { TableSchema } from '../../../../schemas/contracts/definition.ts';
import type { Mask } from '../../../../schemas/contracts/terms.ts';
import type { RepresentedColumn } from '../comparison.ts';
import { keyIsUnique, resourceOf, type Statement } from '../statements.ts';
import type { SeenTerms } from './watched-terms.ts';

export interface Seen {
  readonly terms: SeenTerms;
  readonly schema: TableSchema;
  readonly columns: readonly RepresentedColumn[];
}

/** The columns of watched keys: a key's place on its list, from 1, and its ordered texts. */
export const keyColumns = (key: readonly unknown[]): string[] => ['n', ...key.map((_, i) => `k${i}`)];

/**
 * Of each key (`k0`, …) that has a record within the terms a digest (`seen`) of what could be seen of it, as the masks let it be
 * seen; of a key with several records, of all of them, whatever their order. A digest finds what changed, not what somebody
 * changes so that it is not found: only whose data they are could, and it need not upload them.
 */
export function seenRecords({ terms, schema, columns }: Seen): Statement {
  const found = resourceOf({ terms, schema, columns, tables: { list: 'list', resource: 'resource' } });
  const keys = terms.key.map((_, i) => `k${i}`).join(', ');
  const cells = [
    ...terms.compare.map((_, i) => cell(`c${i}`)),
    ...terms.fields.map((field, i) => cell(maskedText(`g${i}`, maskOf(terms, field)))),
  ];
  const line = cells.length === 0 ? `''` : `concat(${cells.join(", ',', ")})`;
  const { parameters } = found;
  if (keyIsUnique({ terms, schema }))
    return { sql: `SELECT ${keys}, unhex(md5(${line})) AS seen FROM (${found.sql})`, parameters };
  const lines = `SELECT DISTINCT ${keys}, md5(${line}) AS line FROM (${found.sql})`;
  return {
    sql: `SELECT ${keys}, unhex(md5(string_agg(line, '' ORDER BY line))) AS seen FROM (${lines}) GROUP BY ${keys}`,
    parameters,
  };
}

const maskOf = ({ mask }: SeenTerms, field: string): Mask | undefined =>
  Object.hasOwn(mask, field) ? mask[field] : undefined;

/** No text is another one, and none is missing, where these are joined by commas. */
const cell = (text: string): string => `coalesce('"' || replace(${text}, '"', '""') || '"', '')`;

/** `masked` of functions/records in SQL: whatever two values have in common behind it, no change tells them apart. */
export const maskedText = (text: string, mask: Mask | undefined): string =>
  mask === undefined ? text : `CASE WHEN ${text} IS NOT NULL THEN ${masks[mask](text)} END`;

const masks: Readonly<Record<Mask, (text: string) => string>> = {
  hide: () => `'***'`,
  first1: (text) => `CASE WHEN length(${text}) < 2 THEN '***' ELSE left(${text}, 1) || '**' END`,
  last4: (text) => `CASE WHEN length(${text}) < 5 THEN '********' ELSE '****' || right(${text}, 4) END`,
};

/** Watched keys of `before` with what there is of them now; `changed` where that is something else. */
export const lookedAt = (seen: Statement, key: readonly unknown[], isFirst: boolean): Statement => {
  const columns = keyColumns(key).map((name) => `b.${name} AS ${name}`);
  const same = key.map((_, i) => `b.k${i} = s.k${i}`).join(' AND ');
  const changed = isFirst ? 'false' : '(b.seen IS DISTINCT FROM s.seen)';
  return {
    sql: `SELECT ${columns.join(', ')}, s.seen AS seen, ${changed} AS changed FROM before b LEFT JOIN (${seen.sql}) s ON ${same}`,
    parameters: seen.parameters,
  };
};

/** What is seen where there is no dataset. */
export const nothingSeen = (key: readonly unknown[]): Statement => ({
  sql: `SELECT ${key.map((_, i) => `CAST(NULL AS VARCHAR) AS k${i}`).join(', ')}, CAST(NULL AS BLOB) AS seen WHERE false`,
  parameters: [],
});
