import { firstUnfit } from '../../../../schemas/contracts/characters.ts';
import { MAX_STATEMENT } from '../../../../schemas/contracts/derivation.ts';
import { offsetOf } from './place.ts';
import { readQuery } from './read-query.ts';
import { RefusedStatement } from './refused.ts';
import type { Query } from './syntax.ts';
import { Reading, TreeNode } from './tree-node.ts';

/** A statement that has nothing but what is allowed. What its names mean is not known yet. */
export interface Statement {
  readonly sql: string;
  readonly query: Query;
  /**
   * What it gives can hang on the order in which records are read: the last digit of a sum, or which of two comes first that are
   * equal in an order. Run by one thread it is the same each time.
   */
  readonly inOneThread: boolean;
}

/** Blanks that look like the blank, and that DuckDB takes for one, so that nothing would stand where it says it does. */
const OTHER_BLANK = /[^\S \t\n]/u;

/**
 * What is judged before any parser sees the statement.
 *
 * @throws RefusedStatement
 */
export function checkText(sql: string): void {
  if (sql.length > MAX_STATEMENT)
    throw new RefusedStatement(
      'statement-size',
      `it has more than ${MAX_STATEMENT} characters: make it shorter`,
      undefined,
    );
  const unfit = firstUnfit(sql, 'paragraph');
  if (unfit)
    throw new RefusedStatement('statement-characters', `take out ${unfit.character}, character ${unfit.at}`, undefined);
  const blank = OTHER_BLANK.exec(sql);
  if (blank) {
    const offset = new TextEncoder().encode(sql.slice(0, blank.index)).length;
    throw new RefusedStatement(
      'statement-characters',
      'write the ordinary blank; in a text, chr() gives any other',
      offset,
    );
  }
}

/** What `json_serialize_sql` answers where the parser does not take the statement. */
interface ParserError {
  readonly error_type?: unknown;
  readonly error_message?: unknown;
  readonly position?: unknown;
}

/** What stands in front of a statement that is one of another. */
export const beforeWithin = '(\n';

/** The statement as one of another: by itself on its lines, so that no comment of it reaches further. */
export const within = (sql: string): string => `${beforeWithin}${sql}\n) AS result`;

/** A statement around it and nothing else, by which it is told whether it ends where it seems to. */
export const around = (sql: string): string => `SELECT * FROM ${within(sql)}`;

/**
 * Reads what DuckDB's parser made of a statement.
 *
 * @param answer JSON of `json_serialize_sql`, without nulls and defaults, with what is empty
 * @param surrounded the same for the statement within another one, as it will be run
 * @throws RefusedStatement
 */
export function readStatement(sql: string, answer: string, surrounded: string): Statement {
  const { statements, ...error } = parsed(answer);
  if (!Array.isArray(statements)) throw refusedByParser(error);
  if (statements.length !== 1)
    throw new RefusedStatement('statement-kind', 'it is one SELECT: leave the others out', undefined);
  const reading = new Reading(readQuery);
  const statement = new TreeNode(statements[0], reading);
  const tree = statement.node('node');
  if (!tree) throw new RefusedStatement('statement-kind', 'it is one SELECT', undefined);
  const query = readQuery(tree);
  statement.end('a statement');
  if (!isSame(statements[0], parsed(surrounded).statements))
    throw new RefusedStatement('statement-kind', 'leave out what stands behind its end, a semicolon', undefined);
  return { sql, query, inOneThread: reading.inOneThread };
}

/** Whether a tree is what the statement around it selects from. */
function isSame(statement: unknown, statements: unknown): boolean {
  const [outer, more] = Array.isArray(statements) ? (statements as readonly unknown[]) : [];
  const inner = ['node', 'from_table', 'subquery'].reduce<unknown>(
    (value, name) => (value as Readonly<Record<string, unknown>> | undefined)?.[name],
    outer,
  );
  return more === undefined && inner !== undefined && placeless(inner) === placeless(statement);
}

const placeless = (tree: unknown): string =>
  JSON.stringify(tree, (name, value: unknown) => (name === 'query_location' ? undefined : value));

function parsed(answer: string): { readonly statements?: unknown } & ParserError {
  try {
    return JSON.parse(answer) as { readonly statements?: unknown } & ParserError;
  } catch {
    // DuckDB writes infinity as JSON does not.
    throw new RefusedStatement('statement-type', 'a number is too large', undefined);
  }
}

function refusedByParser({ error_type: type, error_message: message, position }: ParserError): RefusedStatement {
  if (type !== 'parser') return new RefusedStatement('statement-kind', 'it is one SELECT, and nothing else', undefined);
  return new RefusedStatement(
    'statement-syntax',
    String(message).slice(0, 300),
    offsetOf(Number(position ?? Number.NaN)),
  );
}
